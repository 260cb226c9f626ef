package service

import (
	"context"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// UserChange is details of a person; nil leaves one as it is.
type UserChange struct {
	Email, Name *string
	Role        *licensing.Role
	Contracts   *[]string // ids or numbers; an empty list is all
	Disabled    *bool
}

// EditUser changes details of a person of the caller's reseller, or of the vendor.
// Whoever is disabled is signed out everywhere. A version other than the current one
// fails with version_conflict; 0 is any. It fails with last_owner where no owner would
// be left, and as CreateUser does.
func (s *Service) EditUser(ctx context.Context, c Caller, ref string, version int64, in UserChange) (licensing.User, error) {
	input := struct {
		Ref     string
		Version int64
		In      UserChange
	}{ref, version, in}
	return once(ctx, s, c, "user-edit", input, func(tx *store.Tx) (licensing.User, error) {
		before, err := ownUser(ctx, tx, c, ref)
		if err != nil {
			return before, err
		}
		if err := checkVersion("user", version, before.Version, before.UpdatedAt); err != nil {
			return before, err
		}
		user, err := s.changedUser(ctx, tx, c, before, in)
		if err != nil {
			return user, err
		}
		return s.keepUser(ctx, tx, c, before, user, "user.edited")
	})
}

func (s *Service) changedUser(ctx context.Context, tx *store.Tx, c Caller, user licensing.User, in UserChange) (licensing.User, error) {
	was := user
	if in.Email != nil {
		user.Email = strings.ToLower(*in.Email)
	}
	if in.Name != nil {
		user.Name = *in.Name
	}
	if in.Role != nil {
		user.Role = *in.Role
	}
	if in.Contracts != nil {
		var err error
		if user.Contracts, err = s.contractIDs(ctx, tx, c, *in.Contracts); err != nil {
			return user, err
		}
	}
	switch {
	case in.Disabled == nil:
	case !*in.Disabled:
		user.DisabledAt = licensing.Time{}
	case user.DisabledAt.IsZero():
		user.DisabledAt = licensing.At(s.now())
	}
	if err := checkUser(user); err != nil {
		return user, err
	}
	if err := c.gives(ScopesOf(user.Role, c.ofVendor())); err != nil {
		return user, err
	}
	return user, keepsOwner(ctx, tx, was, user)
}

// keepsOwner refuses, with last_owner, a change that leaves nobody who may make the next.
func keepsOwner(ctx context.Context, tx *store.Tx, was, is licensing.User) error {
	isOwner := func(u licensing.User) bool { return u.Role == licensing.RoleOwner && u.DisabledAt.IsZero() }
	if !isOwner(was) || isOwner(is) {
		return nil
	}
	owners, err := tx.OwnersForUpdate(ctx, string(is.ResellerID))
	if err != nil || len(owners) > 1 {
		return err
	}
	return licensing.Errorf(licensing.CodeLastOwner, "%s is the last owner", is.Login).
		WithHint("make somebody else an owner first")
}

// keepUser writes a changed person, with what follows from the change.
func (s *Service) keepUser(ctx context.Context, tx *store.Tx, c Caller, before, user licensing.User, kind string) (licensing.User, error) {
	if sameUser(before, user) {
		user.PasswordHash = ""
		return user, nil
	}
	if user.PasswordMail != "" && user.PasswordMail == before.PasswordMail && user.Email != before.Email {
		user.PasswordHash, user.PasswordMail = "", newNonce() // the mail has gone to the wrong address
	}
	user.Version++
	user.UpdatedAt = licensing.At(s.now())
	if err := tx.UpdateUser(ctx, user); err != nil {
		return user, err
	}
	if user.PasswordMail != "" && user.PasswordMail != before.PasswordMail {
		if err := s.mailPassword(ctx, tx, user); err != nil {
			return user, err
		}
	}
	if !user.DisabledAt.IsZero() {
		if _, err := tx.RevokeTokensOf(ctx, user.ID, "", licensing.At(s.now())); err != nil {
			return user, err
		}
	}
	user.PasswordHash = "" // answers are kept
	return user, s.record(ctx, tx, c, kind, user.ID, before, user)
}

func sameUser(a, b licensing.User) bool {
	return slices.Equal(a.Contracts, b.Contracts) && a.Email == b.Email && a.Name == b.Name && a.Role == b.Role && a.DisabledAt == b.DisabledAt &&
		a.PasswordHash == b.PasswordHash && a.PasswordMail == b.PasswordMail
}
