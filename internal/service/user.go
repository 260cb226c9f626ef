package service

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// NewUser is a person to be given an account. Without a password, one is made and
// mailed.
type NewUser struct {
	Login, Email, Name string
	Role               licensing.Role
	Contracts          []string // ids or numbers; none is all
	Password           string   `json:"-"` // it is kept nowhere, not even as part of a request's hash
}

// UserQuery chooses people; empty fields choose nothing out.
type UserQuery struct {
	Reseller string // id or login of a sub-reseller; empty for one's own
	Role     licensing.Role
	State    licensing.UserState
	Search   string
}

// CreateUser gives a person of the caller's reseller, or of the vendor, an account. It
// fails with already_exists, weak_password, scope_missing or contract_not_permitted.
func (s *Service) CreateUser(ctx context.Context, c Caller, in NewUser) (licensing.User, error) {
	now := licensing.At(s.now())
	user := licensing.User{
		ID: s.newID(prefixUser), ResellerID: licensing.Ref(c.Reseller.ID), Login: in.Login, Email: strings.ToLower(in.Email), Name: in.Name,
		Role: in.Role, Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	if err := errors.Join(checkUser(user), c.gives(ScopesOf(user.Role, c.ofVendor()))); err != nil {
		return user, err
	}
	if in.Password != "" {
		if err := licensing.CheckPassword(in.Password, in.Login); err != nil {
			return user, err
		}
		var err error
		if user.PasswordHash, err = s.passwords.hash(ctx, in.Password); err != nil {
			return user, err
		}
	}
	return once(ctx, s, c, "user-create", in, func(tx *store.Tx) (licensing.User, error) {
		var err error
		if user.Contracts, err = s.contractIDs(ctx, tx, c, in.Contracts); err != nil {
			return user, err
		}
		return s.addUser(ctx, tx, c, user)
	})
}

// addUser keeps a person, and has a password mailed where there is none. What it
// answers has no hash: answers are kept.
func (s *Service) addUser(ctx context.Context, tx *store.Tx, c Caller, user licensing.User) (licensing.User, error) {
	mailed := user.PasswordHash == ""
	if mailed {
		user.PasswordMail = newNonce()
	}
	if err := tx.InsertUser(ctx, user); err != nil {
		if errors.Is(err, store.ErrExists) {
			return user, licensing.Errorf(licensing.CodeAlreadyExists, "the login %s is taken", user.Login).
				WithHint("choose another one").Because(err)
		}
		return user, err
	}
	if mailed {
		if err := s.mailPassword(ctx, tx, user); err != nil {
			return user, err
		}
	}
	user.PasswordHash = ""
	return user, s.record(ctx, tx, c, "user.created", user.ID, nil, user)
}

// Users lists people, newest first.
func (s *Service) Users(ctx context.Context, c Caller, q UserQuery, p Page) (Listing[licensing.User], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.User], error) {
		reseller, err := visibleReseller(ctx, tx, c, q.Reseller)
		if err != nil {
			return Listing[licensing.User]{}, err
		}
		filter := store.UserFilter{Reseller: reseller, Role: string(q.Role), State: q.State, Search: q.Search}
		return list(c, "users", q, p, func(u licensing.User) string { return u.ID }, func(p store.Page) ([]licensing.User, error) {
			return tx.Users(ctx, filter, p)
		})
	})
}

// User gives a person by id or login. It fails with not_found.
func (s *Service) User(ctx context.Context, c Caller, ref string) (licensing.User, error) {
	return view(ctx, s, func(tx *store.Tx) (licensing.User, error) { return findUser(ctx, tx, c, ref) })
}

func findUser(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.User, error) {
	user, err := tx.User(ctx, ref)
	if err == nil && !c.sees(string(user.ResellerID)) {
		err = store.ErrNotFound
	}
	return found(user, err, named("user", ref))
}

// ownUser is findUser for changes: it refuses people of sub-resellers with read_only,
// and those who may do more than the caller with scope_missing or
// contract_not_permitted, since whoever changes an account can take it over.
func ownUser(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.User, error) {
	user, err := findUser(ctx, tx, c, ref)
	if err != nil {
		return user, err
	}
	if string(user.ResellerID) != c.Reseller.ID {
		return user, licensing.Errorf(licensing.CodeReadOnly, "this person belongs to a sub-reseller").
			WithHint("only its owner can change it")
	}
	// Lock the owners first, so that two changes do not both leave the other the last.
	if _, err := tx.OwnersForUpdate(ctx, c.Reseller.ID); err != nil {
		return user, err
	}
	if user, err = tx.UserForUpdate(ctx, user.ID); err != nil {
		return user, err
	}
	return user, errors.Join(c.gives(ScopesOf(user.Role, c.ofVendor())), c.givesContracts(user.Contracts))
}

func checkUser(u licensing.User) error {
	if err := licensing.CheckLogin(u.Login); err != nil {
		return err
	}
	if err := checkEmail(u.Email); err != nil {
		return err
	}
	if strings.TrimSpace(u.Name) == "" {
		return licensing.Invalid("name", "is missing")
	}
	if err := checkLine("name", u.Name); err != nil {
		return err
	}
	if !slices.Contains(licensing.Roles(), u.Role) {
		return licensing.Invalid("role", "is not one of owner, seller, support, accountant and viewer")
	}
	return nil
}

// contractIDs are the ids of contracts that the caller's reseller buys under, by id or
// number.
func (s *Service) contractIDs(ctx context.Context, tx *store.Tx, c Caller, refs []string) (licensing.List, error) {
	var ids licensing.List
	if len(refs) > 0 {
		all, err := s.contractsToBuy(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		for _, ref := range refs {
			i := slices.IndexFunc(all, func(k ContractTerms) bool { return k.Contract.ID == ref || k.Contract.Number == ref })
			if i < 0 {
				return nil, notFound(named("contract", ref))
			}
			if id := all[i].Contract.ID; !ids.Has(id) {
				ids = append(ids, id)
			}
		}
	}
	return ids, c.givesContracts(ids)
}
