package store_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func aUser(id, login, reseller string) licensing.User {
	return licensing.User{
		ID: id, ResellerID: licensing.Ref(reseller), Login: login, Email: login + "@example.com", Name: "Näme " + login, Role: licensing.RoleOwner,
		Contracts: licensing.List{contract, "con_other"}, PasswordHash: "$argon2id$", PasswordMail: "nonce", Version: 1, CreatedAt: now, UpdatedAt: later,
	}
}

func TestUserRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			want := aUser("usr_1", "ann", owner)
			want.DisabledAt = later
			requireFull(t, want)
			require.NoError(t, tx.InsertUser(ctx, want))
			got, err := tx.User(ctx, "ann")
			require.NoError(t, err)
			require.Contains(t, got.SearchText, "name ann")
			want.SearchText = got.SearchText
			require.Equal(t, want, got)
			for _, find := range []func() (licensing.User, error){
				func() (licensing.User, error) { return tx.User(ctx, "usr_1") },
				func() (licensing.User, error) { return tx.UserForUpdate(ctx, "usr_1") },
				func() (licensing.User, error) { return tx.UserByLogin(ctx, "ann") },
			} {
				got, err := find()
				require.NoError(t, err)
				require.Equal(t, want, got)
			}
			_, err = tx.UserByLogin(ctx, "usr_1")
			require.ErrorIs(t, err, store.ErrNotFound)

			want.Role, want.PasswordMail, want.DisabledAt = licensing.RoleViewer, "", licensing.Time{}
			require.NoError(t, tx.UpdateUser(ctx, want))
			got, err = tx.UserForUpdate(ctx, "usr_1")
			require.NoError(t, err)
			require.Equal(t, want, got)

			require.ErrorIs(t, tx.Nested(ctx, func() error { return tx.InsertUser(ctx, aUser("usr_2", "ann", stranger)) }), store.ErrExists)
			return tx.InsertUser(ctx, aUser("usr_2", "vendors", ""))
		})
	})
}

func TestUsers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			for id, change := range map[string]func(*licensing.User){
				"usr_1": func(*licensing.User) {},
				"usr_2": func(u *licensing.User) { u.PasswordMail = "" },
				"usr_3": func(u *licensing.User) { u.DisabledAt, u.Email = now, "usr_1@example.com" },
				"usr_4": func(u *licensing.User) { u.Role, u.Email = licensing.RoleViewer, "shared@example.com" },
				"usr_5": func(u *licensing.User) { u.ResellerID, u.Email = stranger, "shared@example.com" },
				"usr_6": func(u *licensing.User) { u.ResellerID, u.PasswordMail = "", "" },
			} {
				u := aUser(id, id, owner)
				change(&u)
				require.NoError(t, tx.InsertUser(ctx, u))
			}
			for _, c := range []struct {
				filter store.UserFilter
				want   []string
			}{
				{store.UserFilter{Reseller: owner}, []string{"usr_4", "usr_3", "usr_2", "usr_1"}},
				{store.UserFilter{Reseller: ""}, []string{"usr_6"}},
				{store.UserFilter{Reseller: owner, Role: "viewer"}, []string{"usr_4"}},
				{store.UserFilter{Reseller: owner, State: licensing.UserInvited}, []string{"usr_4", "usr_1"}},
				{store.UserFilter{Reseller: owner, State: licensing.UserActive}, []string{"usr_2"}},
				{store.UserFilter{Reseller: owner, State: licensing.UserDisabled}, []string{"usr_3"}},
				{store.UserFilter{Reseller: owner, Search: "NAME usr_2"}, []string{"usr_2"}},
				{store.UserFilter{Reseller: stranger, Search: "usr_2"}, []string{}},
			} {
				got, err := tx.Users(ctx, c.filter, store.Page{Limit: 10})
				require.NoError(t, err)
				require.Equal(t, c.want, ids(got), "%+v", c.filter)
				for _, u := range got {
					if c.filter.State != "" {
						require.Equal(t, c.filter.State, u.State())
					}
				}
			}
			page, err := tx.Users(ctx, store.UserFilter{Reseller: owner}, store.Page{After: "usr_3", Limit: 1})
			require.NoError(t, err)
			require.Equal(t, []string{"usr_2"}, ids(page))

			for email, want := range map[string][]string{
				"usr_1@example.com": {"usr_1"}, "shared@example.com": {"usr_4", "usr_5"}, "none@example.com": {},
			} {
				got, err := tx.UsersByEmail(ctx, email)
				require.NoError(t, err)
				require.Equal(t, want, ids(got), email)
			}
			for reseller, want := range map[string][]string{owner: {"usr_1", "usr_2"}, stranger: {"usr_5"}, "": {"usr_6"}, child: nil} {
				got, err := tx.OwnersForUpdate(ctx, reseller)
				require.NoError(t, err)
				require.Equal(t, want, got, reseller)
			}
			return nil
		})
	})
}

func TestTokens(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			require.NoError(t, tx.InsertUser(ctx, aUser("usr_1", "ann", owner)))
			insert := func(id, reseller string, user licensing.Ref, expires, revoked licensing.Time) licensing.Token {
				token := licensing.Token{
					ID: id, ResellerID: licensing.Ref(reseller), UserID: user, Name: "t " + id, Hash: "hash " + id, Scopes: licensing.List{"company:read"},
					Contracts: licensing.List{contract}, ExpiresAt: expires, RevokedAt: revoked, CreatedAt: now,
				}
				require.NoError(t, tx.InsertToken(ctx, token))
				if user != "" {
					token.UserLogin = "ann"
				}
				return token
			}
			never := licensing.Time{}
			want := insert("tok_1", owner, "usr_1", later, now)
			requireFull(t, want)
			insert("tok_2", owner, "usr_1", later, never)
			insert("tok_3", owner, "usr_1", now, never)
			insert("tok_4", owner, "", never, never)
			insert("tok_5", stranger, "", never, never)
			insert("tok_6", "", "", never, never)

			got, err := tx.TokenForUpdate(ctx, "tok_1")
			require.NoError(t, err)
			require.Equal(t, want, got)
			got, err = tx.TokenByHash(ctx, "hash tok_1")
			require.NoError(t, err)
			require.Equal(t, want, got)

			list := func(f store.TokenFilter, want ...string) {
				f.Now = now
				got, err := tx.Tokens(ctx, f, store.Page{Limit: 10})
				require.NoError(t, err)
				require.Equal(t, want, ids(got), "%+v", f)
				for _, token := range got {
					if f.State != "" {
						require.Equal(t, f.State, token.State(now.Time))
					}
				}
			}
			list(store.TokenFilter{Reseller: owner}, "tok_4", "tok_3", "tok_2", "tok_1")
			list(store.TokenFilter{Reseller: ""}, "tok_6")
			list(store.TokenFilter{Reseller: owner, User: "usr_1"}, "tok_3", "tok_2", "tok_1")
			list(store.TokenFilter{Reseller: owner, State: licensing.TokenActive}, "tok_4", "tok_2")
			list(store.TokenFilter{Reseller: owner, State: licensing.TokenExpired}, "tok_3")
			list(store.TokenFilter{Reseller: owner, State: licensing.TokenRevoked}, "tok_1")

			n, err := tx.RevokeTokensOf(ctx, "usr_1", "tok_3", later)
			require.NoError(t, err)
			require.EqualValues(t, 1, n)
			list(store.TokenFilter{Reseller: owner, State: licensing.TokenRevoked}, "tok_2", "tok_1")
			got, err = tx.TokenForUpdate(ctx, "tok_1")
			require.NoError(t, err)
			require.Equal(t, want, got, "it was revoked before")
			got.RevokedAt, got.Name = licensing.Time{}, "renamed"
			require.NoError(t, tx.UpdateToken(ctx, got))
			list(store.TokenFilter{Reseller: owner, State: licensing.TokenActive}, "tok_4", "tok_1")
			return nil
		})
	})
}
