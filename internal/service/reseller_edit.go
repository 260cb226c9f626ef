package service

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// NewReseller is a reseller to be made, below the caller's or the vendor's own.
type NewReseller struct {
	Login  string // of the reseller, and of the person who owns it
	Person string // name of that person; empty for the reseller's
	ResellerChange
}

// ResellerChange is details of a reseller; nil leaves one as it is.
type ResellerChange struct {
	Name, Email, Address, PostalCode, City, Country, VATID, Language *string
	TaxRate                                                          *int64 // hundredths of a percent

	Note     *string   // these are for who made the account, and not for itself
	Products *[]string // ids or SKUs; an empty list is everything that the parent may sell
	Disabled *bool
}

// CreateReseller makes a sub-reseller of the caller's, or a reseller of the vendor, with
// a person of the same login who owns it. That person gets a password by mail. It fails
// with already_exists, not_found or product_not_permitted.
func (s *Service) CreateReseller(ctx context.Context, c Caller, in NewReseller) (Profile, error) {
	return once(ctx, s, c, "reseller-create", in, func(tx *store.Tx) (Profile, error) {
		now := licensing.At(s.now())
		reseller := licensing.Reseller{
			ID: s.newID(prefixReseller), Login: in.Login, ParentID: licensing.Ref(c.Reseller.ID), Version: 1, CreatedAt: now, UpdatedAt: now,
			ParentLogin: licensing.Ref(c.Reseller.Login),
		}
		in.apply(&reseller, now)
		if err := checkReseller(reseller); err != nil {
			return Profile{}, err
		}
		if err := tx.InsertReseller(ctx, reseller); err != nil {
			if errors.Is(err, store.ErrExists) {
				return Profile{}, licensing.Errorf(licensing.CodeAlreadyExists, "the login %s is taken", reseller.Login).
					WithHint("choose another one").Because(err)
			}
			return Profile{}, err
		}
		if err := s.limitProducts(ctx, tx, reseller, in.Products); err != nil {
			return Profile{}, err
		}
		if err := s.record(ctx, tx, c, "reseller.created", reseller.ID, nil, reseller); err != nil {
			return Profile{}, err
		}
		owner := licensing.User{
			ID: s.newID(prefixUser), ResellerID: licensing.Ref(reseller.ID), Login: reseller.Login, Email: strings.ToLower(reseller.Email),
			Name: in.Person, Role: licensing.RoleOwner, Version: 1, CreatedAt: now, UpdatedAt: now,
		}
		if owner.Name == "" {
			owner.Name = reseller.Name
		}
		if err := checkUser(owner); err != nil {
			return Profile{}, err
		}
		if _, err := s.addUser(ctx, tx, c, owner); err != nil {
			return Profile{}, err
		}
		return profileOf(ctx, tx, c, reseller)
	})
}

// EditReseller changes details of a reseller below the caller's, or of any for the
// vendor. A reseller may change its own, but for what is up to who made its account:
// that fails with read_only. Whoever is disabled can neither sign in nor use a token. A
// version other than the current one fails with version_conflict; 0 is any.
func (s *Service) EditReseller(ctx context.Context, c Caller, ref string, version int64, in ResellerChange) (Profile, error) {
	input := struct {
		Ref     string
		Version int64
		In      ResellerChange
	}{ref, version, in}
	return once(ctx, s, c, "reseller-edit", input, func(tx *store.Tx) (Profile, error) {
		before, err := findReseller(ctx, tx, c, ref)
		if err != nil {
			return Profile{}, err
		}
		if before.ID == c.Reseller.ID && (in.Note != nil || in.Products != nil || in.Disabled != nil) {
			return Profile{}, aboveOnly()
		}
		if before, err = tx.ResellerForUpdate(ctx, before.ID); err != nil {
			return Profile{}, err
		}
		if err := checkVersion("reseller", version, before.Version, before.UpdatedAt); err != nil {
			return Profile{}, err
		}
		if err := s.changeReseller(ctx, tx, c, before, in); err != nil {
			return Profile{}, err
		}
		after, err := tx.Reseller(ctx, before.ID)
		if err != nil {
			return Profile{}, err
		}
		return profileOf(ctx, tx, c, after)
	})
}

func (s *Service) changeReseller(ctx context.Context, tx *store.Tx, c Caller, before licensing.Reseller, in ResellerChange) error {
	reseller := before
	in.apply(&reseller, licensing.At(s.now()))
	if err := checkReseller(reseller); err != nil {
		return err
	}
	was, err := tx.ResellerProducts(ctx, reseller.ID)
	if err != nil {
		return err
	}
	if err := s.limitProducts(ctx, tx, reseller, in.Products); err != nil {
		return err
	}
	is, err := tx.ResellerProducts(ctx, reseller.ID)
	if err != nil || (reseller == before && slices.Equal(was, is)) {
		return err
	}
	reseller.Version++
	reseller.UpdatedAt = licensing.At(s.now())
	if err := tx.UpdateReseller(ctx, reseller); err != nil {
		return err
	}
	type withProducts struct {
		licensing.Reseller
		Products licensing.List `db:"products"`
	}
	if err := s.record(ctx, tx, c, "reseller.edited", reseller.ID, withProducts{before, was}, withProducts{reseller, is}); err != nil {
		return err
	}
	if reseller.Email == before.Email {
		return nil
	}
	return s.followEmail(ctx, tx, c, before, reseller)
}

// followEmail mails the first owner's password again where it has gone to an address
// that was wrong.
func (s *Service) followEmail(ctx context.Context, tx *store.Tx, c Caller, before, reseller licensing.Reseller) error {
	owner, err := tx.UserByLogin(ctx, reseller.Login)
	if store.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	invited := owner.State() == licensing.UserInvited && string(owner.ResellerID) == reseller.ID
	if !invited || owner.Email != strings.ToLower(before.Email) {
		return nil
	}
	changed := owner
	changed.Email = strings.ToLower(reseller.Email)
	_, err = s.keepUser(ctx, tx, c, owner, changed, "user.edited")
	return err
}

func (s *Service) limitProducts(ctx context.Context, tx *store.Tx, reseller licensing.Reseller, refs *[]string) error {
	if refs == nil {
		return nil
	}
	ids, err := productsFor(ctx, tx, reseller.ParentID, *refs)
	if err != nil {
		return err
	}
	return tx.SetResellerProducts(ctx, reseller.ID, ids)
}

// InviteReseller mails the first owner of a reseller another password, where nobody has
// signed in with the one before; else it fails with read_only.
func (s *Service) InviteReseller(ctx context.Context, c Caller, ref string) (Profile, error) {
	return once(ctx, s, c, "reseller-invite", ref, func(tx *store.Tx) (Profile, error) {
		reseller, err := findBelow(ctx, tx, c, ref)
		if err != nil {
			return Profile{}, err
		}
		owner, err := tx.UserByLogin(ctx, reseller.Login)
		if err != nil && !store.IsNotFound(err) {
			return Profile{}, err
		}
		if string(owner.ResellerID) == reseller.ID {
			if owner, err = tx.UserForUpdate(ctx, owner.ID); err != nil {
				return Profile{}, err
			}
		}
		if string(owner.ResellerID) != reseller.ID || owner.State() != licensing.UserInvited {
			return Profile{}, licensing.Errorf(licensing.CodeReadOnly, "somebody has signed in for %s: its people are its own business", reseller.Login).
				WithHint("an owner of it can have new passwords mailed")
		}
		changed := owner
		changed.PasswordHash, changed.PasswordMail = "", newNonce()
		if _, err := s.keepUser(ctx, tx, c, owner, changed, "user.password_reset"); err != nil {
			return Profile{}, err
		}
		return profileOf(ctx, tx, c, reseller)
	})
}

func (in ResellerChange) apply(r *licensing.Reseller, now licensing.Time) {
	set := func(to *string, from *string) {
		if from != nil {
			*to = *from
		}
	}
	set(&r.Name, in.Name)
	set(&r.Email, in.Email)
	set(&r.Address, in.Address)
	set(&r.PostalCode, in.PostalCode)
	set(&r.City, in.City)
	set(&r.VATID, in.VATID)
	set(&r.Language, in.Language)
	set(&r.Note, in.Note)
	if in.Country != nil {
		r.Country = strings.ToUpper(*in.Country)
	}
	if in.TaxRate != nil {
		r.TaxRate = *in.TaxRate
	}
	switch {
	case in.Disabled == nil:
	case !*in.Disabled:
		r.DisabledAt = licensing.Time{}
	case r.DisabledAt.IsZero():
		r.DisabledAt = now
	}
}
