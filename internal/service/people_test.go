package service_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

const password = "correct horse battery"

// ownerOf is a caller that may do everything in a reseller, or the vendor for "".
func (f *fixture) ownerOf(reseller string) service.Caller {
	f.t.Helper()
	hash := fmt.Sprint("owner", reseller, time.Now().UnixNano())
	require.NoError(f.t, f.IssueToken(f.t.Context(), reseller, "owner", hash, service.ScopesOf(licensing.RoleOwner, reseller == ""), licensing.Time{}))
	c, err := f.Authenticate(f.t.Context(), hash)
	require.NoError(f.t, err)
	c.RequestID, c.SealKey = "req_1", service.SealKey(hash)
	return c
}

func (f *fixture) user(c service.Caller, login string, role licensing.Role) licensing.User {
	f.t.Helper()
	user, err := f.CreateUser(f.t.Context(), c, service.NewUser{
		Login: login, Email: login + "@example.com", Name: login, Role: role, Password: password,
	})
	require.NoError(f.t, err)
	return user
}

func (f *fixture) signIn(login, with string) (service.Caller, error) {
	f.t.Helper()
	c, err := f.Anyone(f.t.Context())
	require.NoError(f.t, err)
	hash := fmt.Sprint("session", login, time.Now().UnixNano())
	if c, err = f.OpenSession(f.t.Context(), c, service.SignIn{Login: login, Password: with, TokenName: "test", TokenHash: hash}); err != nil {
		return c, err
	}
	again, err := f.Authenticate(f.t.Context(), hash)
	again.SealKey = service.SealKey(hash)
	return again, err
}

// Roles give scopes that there are, and an owner has all of them.
func TestRolesAreScopes(t *testing.T) {
	t.Parallel()
	var all []string
	for _, s := range api.ResellerScopes() {
		all = append(all, string(s))
	}
	require.ElementsMatch(t, all, service.ScopesOf(licensing.RoleOwner, false))
	owner := service.ScopesOf(licensing.RoleOwner, true)
	require.Contains(t, owner, "vendor")
	for _, role := range licensing.Roles() {
		for _, scope := range service.ScopesOf(role, false) {
			require.Contains(t, all, scope)
		}
		for _, scope := range service.ScopesOf(role, true) {
			require.Contains(t, owner, scope)
		}
		require.NotContains(t, service.ScopesOf(role, false), "vendor")
		require.Equal(t, role == licensing.RoleOwner, slices.Contains(service.ScopesOf(role, true), "vendor"))
		require.Equal(t, role == licensing.RoleOwner, slices.Contains(service.ScopesOf(role, false), "token:write"))
	}
	require.NotContains(t, service.ScopesOf(licensing.RoleSupport, false), "order:write")
	require.Empty(t, service.ScopesOf("boss", false))
}

func TestOpenSession(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		boss := f.ownerOf("main")
		f.user(boss, "ann", licensing.RoleSeller)
		vendor := f.user(f.ownerOf(""), "vera", licensing.RoleOwner)
		require.Empty(t, vendor.ResellerID)

		ann, err := f.signIn(" ANN ", password)
		require.NoError(t, err)
		require.Equal(t, "ann", ann.User.Login)
		require.Equal(t, f.main.Reseller.ID, ann.Reseller.ID)
		require.Equal(t, f.main.Visible, ann.Visible)
		require.ElementsMatch(t, service.ScopesOf(licensing.RoleSeller, false), ann.Token.Scopes)
		_, err = f.signIn("Ann@Example.com", password)
		require.NoError(t, err)
		vera, err := f.signIn("vera", password)
		require.NoError(t, err)
		require.NoError(t, vera.Allow("vendor"))

		before := f.dump()
		refused := func(login, with string) {
			t.Helper()
			_, err := f.signIn(login, with)
			requireCode(t, licensing.CodeInvalidLogin, err)
			require.EqualError(t, err, "the login or the password is wrong")
		}
		refused("ann", "wrong password")
		refused("ann", strings.ToUpper(password))
		refused("ann@example.org", password)
		refused("nobody", password)
		refused(ann.User.ID, password)
		refused("", password)
		require.Equal(t, before, f.dump())

		// What is disabled answers in the same words, and so does what is not clear.
		require.NoError(t, f.store.Update(t.Context(), func(tx *store.Tx) error {
			main := f.main.Reseller
			main.DisabledAt = licensing.At(*f.clock.Load())
			return tx.UpdateReseller(t.Context(), main)
		}))
		refused("ann", password)
		_, err = f.Authenticate(t.Context(), ann.Token.Hash)
		requireCode(t, licensing.CodeResellerDisabled, err)
		require.NoError(t, f.store.Update(t.Context(), func(tx *store.Tx) error { return tx.UpdateReseller(t.Context(), f.main.Reseller) }))
		_, err = f.Authenticate(t.Context(), ann.Token.Hash)
		require.NoError(t, err)
		_, err = f.CreateUser(t.Context(), boss, service.NewUser{Login: "ann2", Email: "ANN@example.com", Name: "Ann", Role: licensing.RoleViewer, Password: password})
		require.NoError(t, err)
		refused("ann@example.com", password)
		_, err = f.EditUser(t.Context(), boss, "ann2", 0, service.UserChange{Disabled: new(true)})
		require.NoError(t, err)
		_, err = f.signIn("ann@example.com", password)
		require.NoError(t, err)
	})
}

func TestSessionLasts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		f.user(f.ownerOf("main"), "ann", licensing.RoleSeller)
		ann, err := f.signIn("ann", password)
		require.NoError(t, err)
		f.at(f.clock.Load().AddDate(0, 0, 89))
		_, err = f.Authenticate(t.Context(), ann.Token.Hash)
		require.NoError(t, err)
		f.at(f.clock.Load().AddDate(0, 0, 1))
		_, err = f.Authenticate(t.Context(), ann.Token.Hash)
		requireCode(t, licensing.CodeTokenExpired, err)
	})
}

// What somebody may do now bounds every token that they signed in for.
func TestRoleBoundsSession(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		boss := f.ownerOf("main")
		f.user(boss, "ann", licensing.RoleSeller)
		first, err := f.Contract(t.Context(), boss, "K-1")
		require.NoError(t, err)
		_, err = f.EditUser(t.Context(), boss, "ann", 0, service.UserChange{Contracts: &[]string{"K-1"}})
		require.NoError(t, err)
		ann, err := f.signIn("ann", password)
		require.NoError(t, err)
		require.Equal(t, licensing.List{first.Contract.ID}, ann.Token.Contracts)

		_, err = f.EditUser(t.Context(), boss, "ann", 0, service.UserChange{Role: new(licensing.RoleViewer), Contracts: &[]string{"K-2"}})
		require.NoError(t, err)
		now, err := f.Authenticate(t.Context(), ann.Token.Hash)
		require.NoError(t, err)
		require.ElementsMatch(t, service.ScopesOf(licensing.RoleViewer, false), now.Token.Scopes)
		require.Len(t, now.Token.Contracts, 1, "limited to K-1 by the token and to K-2 by the person, it may buy under none, not under all")
		for _, contract := range []string{"", "K-1", "K-2"} {
			_, err = f.PreviewPurchase(t.Context(), now, service.Purchase{Contract: contract, Product: "both", Term: "full:1", Quantity: 1})
			require.Error(t, err)
			require.Contains(t, []licensing.Code{licensing.CodeContractNotPermitted, licensing.CodeProductNotInContr}, licensing.CodeOf(err))
		}
	})
}

func TestWelcomeMail(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx, boss := t.Context(), f.ownerOf("main")
		user, err := f.CreateUser(ctx, boss, service.NewUser{Login: "ann", Email: "ann@example.com", Name: "Ann", Role: licensing.RoleViewer})
		require.NoError(t, err)
		require.Equal(t, licensing.UserInvited, user.State())
		_, err = f.signIn("ann", "")
		requireCode(t, licensing.CodeInvalidLogin, err)

		_, err = f.WelcomeMail(ctx, user.ID, "another nonce")
		require.ErrorIs(t, err, store.ErrNotFound)
		first, err := f.WelcomeMail(ctx, user.ID, user.PasswordMail)
		require.NoError(t, err)
		second, err := f.WelcomeMail(ctx, user.ID, user.PasswordMail)
		require.NoError(t, err)
		require.NotEqual(t, first.Password, second.Password)
		require.NotEqual(t, first.ID, second.ID)
		require.NoError(t, licensing.CheckPassword(first.Password, "ann"))
		for _, rows := range f.dump() {
			require.NotContains(t, strings.Join(rows, "\n"), second.Password)
		}
		_, err = f.signIn("ann", first.Password)
		requireCode(t, licensing.CodeInvalidLogin, err)
		ann, err := f.signIn("ann", second.Password)
		require.NoError(t, err)
		require.Equal(t, licensing.UserActive, ann.User.State())

		// A mail that is still on its way when its password has been used changes nothing.
		_, err = f.WelcomeMail(ctx, user.ID, user.PasswordMail)
		require.ErrorIs(t, err, store.ErrNotFound)
		_, err = f.signIn("ann", second.Password)
		require.NoError(t, err)

		require.NoError(t, f.WelcomeMailed(ctx, user.ID, nil))
		require.NoError(t, f.WelcomeMailed(ctx, user.ID, errors.New("no such mailbox")))
		events := f.events(user.ID)
		require.Equal(t, "user.mail_failed", events[len(events)-1].Type)
		require.Contains(t, events[len(events)-1].Data, "no such mailbox")
		for _, e := range events {
			require.NotContains(t, e.Data, "argon2id")
		}
	})
}

// Two owners who demote each other at once do not both succeed.
func TestLastOwnerAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		boss := f.ownerOf("main")
		logins := []string{"ann", "bob", "cid", "dot"}
		for _, login := range logins {
			f.user(boss, login, licensing.RoleOwner)
		}
		var refused atomic.Int64
		var group errgroup.Group
		for n, login := range logins {
			group.Go(func() error {
				change := service.UserChange{Disabled: new(true)}
				if n%2 == 0 {
					change = service.UserChange{Role: new(licensing.RoleViewer)}
				}
				_, err := f.EditUser(t.Context(), boss, login, 0, change)
				if licensing.CodeOf(err) == licensing.CodeLastOwner {
					refused.Add(1)
					return nil
				}
				return err
			})
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, 1, refused.Load())
	})
}

// Whoever is limited can neither give more than they have, nor take over who has more.
func TestNobodyGivesMore(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx, boss := t.Context(), f.ownerOf("main")
		f.user(boss, "ann", licensing.RoleOwner)
		low := f.user(boss, "low", licensing.RoleViewer)
		narrow := boss
		narrow.Token.Scopes = append(service.ScopesOf(licensing.RoleViewer, false), "token:write")
		before := f.dump()
		for name, run := range map[string]func() error{
			"token": func() error {
				_, err := f.CreateToken(ctx, narrow, service.NewToken{Name: "x", Scopes: []string{"company:write"}})
				return err
			},
			"vendor": func() error {
				_, err := f.CreateToken(ctx, boss, service.NewToken{Name: "x", Scopes: []string{"vendor"}})
				return err
			},
			"unknown": func() error {
				_, err := f.CreateToken(ctx, boss, service.NewToken{Name: "x", Scopes: []string{"all"}})
				return err
			},
			"user": func() error {
				_, err := f.CreateUser(ctx, narrow, service.NewUser{Login: "x1", Email: "x@example.com", Name: "X", Role: licensing.RoleSeller})
				return err
			},
			"promotion": func() error {
				_, err := f.EditUser(ctx, narrow, "low", 0, service.UserChange{Role: new(licensing.RoleOwner)})
				return err
			},
			"other email": func() error {
				_, err := f.EditUser(ctx, narrow, "ann", 0, service.UserChange{Email: new("x@example.com")})
				return err
			},
			"demotion": func() error {
				_, err := f.EditUser(ctx, narrow, "ann", 0, service.UserChange{Role: new(licensing.RoleViewer)})
				return err
			},
			"reset": func() error { _, err := f.ResetPassword(ctx, narrow, "ann"); return err },
		} {
			requireCode(t, licensing.CodeScopeMissing, run(), name)
		}
		contract, err := f.Contract(ctx, boss, "K-1")
		require.NoError(t, err)
		limited := boss
		limited.Token.Contracts = licensing.List{contract.Contract.ID}
		for name, run := range map[string]func() error{
			"token for all": func() error {
				_, err := f.CreateToken(ctx, limited, service.NewToken{Name: "x", Scopes: []string{"company:read"}})
				return err
			},
			"token for K-2": func() error {
				_, err := f.CreateToken(ctx, limited, service.NewToken{Name: "x", Scopes: []string{"company:read"}, Contracts: []string{"K-1", "K-2"}})
				return err
			},
			"user for all": func() error {
				_, err := f.CreateUser(ctx, limited, service.NewUser{Login: "x1", Email: "x@example.com", Name: "X", Role: licensing.RoleViewer})
				return err
			},
			"one without any": func() error {
				_, err := f.EditUser(ctx, limited, "low", 0, service.UserChange{Name: new("Y")})
				return err
			},
			"reset": func() error { _, err := f.ResetPassword(ctx, limited, "low"); return err },
		} {
			requireCode(t, licensing.CodeContractNotPermitted, run(), name)
		}
		require.Equal(t, before, f.dump())
		_, err = f.EditUser(ctx, narrow, low.ID, 0, service.UserChange{Name: new("Low")})
		require.NoError(t, err)
	})
}

// People of one reseller are nobody to another; a parent looks at its sub-resellers'.
func TestUsersAreTheResellers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		main, sub, stranger, vendor := f.ownerOf("main"), f.ownerOf("sub"), f.ownerOf("stranger"), f.ownerOf("")
		f.user(sub, "sue", licensing.RoleOwner)
		f.user(sub, "sam", licensing.RoleOwner)
		f.user(vendor, "vera", licensing.RoleOwner)
		edit := func(c service.Caller, ref string) error {
			_, err := f.EditUser(ctx, c, ref, 0, service.UserChange{Name: new("Z")})
			return err
		}
		look := func(c service.Caller, ref string) error { _, err := f.User(ctx, c, ref); return err }
		reset := func(c service.Caller, ref string) error { _, err := f.ResetPassword(ctx, c, ref); return err }
		list := func(c service.Caller, reseller string) (int, error) {
			rows, err := f.Users(ctx, c, service.UserQuery{Reseller: reseller}, service.Page{Limit: 10})
			return len(rows.Rows), err
		}
		for _, c := range []service.Caller{main, vendor} {
			require.NoError(t, look(c, "sue"))
			requireCode(t, licensing.CodeReadOnly, edit(c, "sue"))
			requireCode(t, licensing.CodeReadOnly, reset(c, "sue"))
			n, err := list(c, "sub")
			require.NoError(t, err)
			require.Equal(t, 2, n)
		}
		for _, c := range []service.Caller{stranger, main, sub} {
			requireCode(t, licensing.CodeNotFound, look(c, "vera"))
			requireCode(t, licensing.CodeNotFound, edit(c, "vera"))
		}
		requireCode(t, licensing.CodeNotFound, look(stranger, "sue"))
		requireCode(t, licensing.CodeNotFound, edit(stranger, "sue"))
		requireCode(t, licensing.CodeNotFound, reset(stranger, "sue"))
		_, err := list(stranger, "sub")
		requireCode(t, licensing.CodeNotFound, err)
		_, err = list(sub, "main")
		requireCode(t, licensing.CodeNotFound, err)
		n, err := list(vendor, "")
		require.NoError(t, err)
		require.Equal(t, 1, n)

		tokens, err := f.Tokens(ctx, sub, service.TokenQuery{}, service.Page{Limit: 10})
		require.NoError(t, err)
		for _, c := range []service.Caller{main, stranger, vendor} {
			for _, token := range tokens.Rows {
				_, err := f.RevokeToken(ctx, c, token.ID)
				requireCode(t, licensing.CodeNotFound, err)
			}
		}
		_, err = f.RevokeToken(ctx, sub, sub.Token.ID)
		require.NoError(t, err)
		_, err = f.Authenticate(ctx, sub.Token.Hash)
		requireCode(t, licensing.CodeUnauthenticated, err)
	})
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx, boss := t.Context(), f.ownerOf("main")
		f.user(boss, "ann", licensing.RoleSeller)
		here, err := f.signIn("ann", password)
		require.NoError(t, err)
		there, err := f.signIn("ann", password)
		require.NoError(t, err)
		const next = "another long password"
		_, err = f.ChangePassword(ctx, boss, password, next)
		requireCode(t, licensing.CodeScopeMissing, err)
		_, err = f.ChangePassword(ctx, here, next, next)
		requireCode(t, licensing.CodeInvalidLogin, err)
		_, err = f.ChangePassword(ctx, here, password, "short")
		requireCode(t, licensing.CodeWeakPassword, err)
		_, err = f.ChangePassword(ctx, here, password, next)
		require.NoError(t, err)
		_, err = f.ChangePassword(ctx, here, password, "and yet another one") // as read before the change
		requireCode(t, licensing.CodeVersionConflict, err)
		_, err = f.Authenticate(ctx, here.Token.Hash)
		require.NoError(t, err)
		_, err = f.Authenticate(ctx, there.Token.Hash)
		requireCode(t, licensing.CodeUnauthenticated, err)
		_, err = f.signIn("ann", password)
		requireCode(t, licensing.CodeInvalidLogin, err)
		_, err = f.signIn("ann", next)
		require.NoError(t, err)
	})
}

func TestTokenIsShownAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		boss, other := f.ownerOf("main"), f.ownerOf("main")
		in := service.NewToken{Name: "ci", Scopes: []string{"key:read", "company:read", "key:read"}, Days: 3, Secret: "first secret", Hash: "first"}
		c, replayed := keyed(boss, "once")
		made, err := f.CreateToken(t.Context(), c, in)
		require.NoError(t, err)
		require.False(t, *replayed)
		require.Equal(t, "first secret", made.Secret)
		require.Equal(t, licensing.List{"company:read", "key:read"}, made.Token.Scopes)
		require.Equal(t, f.clock.Load().AddDate(0, 0, 3), made.Token.ExpiresAt.Time)

		in.Secret, in.Hash = "second secret", "second"
		again, err := f.CreateToken(t.Context(), c, in)
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, made, again)
		thief, _ := keyed(other, "once")
		_, err = f.CreateToken(t.Context(), thief, in)
		requireCode(t, licensing.CodeKeyReused, err)
		for _, rows := range f.dump() {
			require.NotContains(t, strings.Join(rows, "\n"), "first secret")
		}
		_, err = f.Authenticate(t.Context(), "first")
		require.NoError(t, err)
		_, err = f.Authenticate(t.Context(), "second")
		requireCode(t, licensing.CodeUnauthenticated, err)
	})
}
