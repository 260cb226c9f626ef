package service

import (
	"context"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// sessionLife is how long a person stays signed in.
const sessionLife = 90 * 24 * time.Hour

// SignIn is what a person signs in with, and the token that they get for it.
type SignIn struct {
	Login     string // or e-mail address
	Password  string
	TokenName string
	TokenHash string // SHA-256 of the token's secret
}

// OpenSession gives a person a token with the rights of their role, and answers who
// they are. A login that there is not, a wrong password, an e-mail address that
// several people have, a person or a reseller that is disabled: all of them fail with
// the same invalid_login, in about the same time.
func (s *Service) OpenSession(ctx context.Context, c Caller, in SignIn) (Caller, error) {
	user, err := view(ctx, s, func(tx *store.Tx) (licensing.User, error) { return personNamed(ctx, tx, in.Login) })
	if err != nil {
		return c, err
	}
	same, err := s.passwords.match(ctx, in.Password, user.PasswordHash)
	if err != nil {
		return c, err
	}
	if !same {
		return c, wrongLogin()
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		now, err := tx.UserForUpdate(ctx, user.ID)
		if err != nil {
			return err
		}
		if now.PasswordHash != user.PasswordHash || !now.DisabledAt.IsZero() {
			return wrongLogin() // changed while the password was compared
		}
		if c.User = now; c.User.ResellerID != "" {
			if c.Reseller, err = tx.Reseller(ctx, string(now.ResellerID)); err != nil {
				return err
			}
			if !c.Reseller.DisabledAt.IsZero() {
				return wrongLogin()
			}
		}
		return s.openSession(ctx, tx, &c, in)
	})
	return c, readable(err)
}

func (s *Service) openSession(ctx context.Context, tx *store.Tx, c *Caller, in SignIn) error {
	if c.User.PasswordMail != "" { // it has arrived
		c.User.PasswordMail = ""
		if err := tx.UpdateUser(ctx, c.User); err != nil {
			return err
		}
	}
	c.Token = licensing.Token{
		ID: s.newID(prefixToken), ResellerID: c.User.ResellerID, UserID: licensing.Ref(c.User.ID), Name: in.TokenName, Hash: in.TokenHash,
		Scopes: ScopesOf(c.User.Role, c.User.ResellerID == ""), Contracts: c.User.Contracts,
		ExpiresAt: licensing.At(s.now().Add(sessionLife)), CreatedAt: licensing.At(s.now()), UserLogin: licensing.Ref(c.User.Login),
	}
	if err := tx.InsertToken(ctx, c.Token); err != nil {
		return err
	}
	return s.record(ctx, tx, *c, "session.opened", c.Token.ID, nil, c.Token)
}

// personNamed finds who signs in; nobody is a user without an id.
func personNamed(ctx context.Context, tx *store.Tx, login string) (licensing.User, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if strings.Contains(login, "@") {
		found, err := tx.UsersByEmail(ctx, login)
		if err != nil || len(found) != 1 {
			return licensing.User{}, err
		}
		return found[0], nil
	}
	user, err := tx.UserByLogin(ctx, login)
	if store.IsNotFound(err) {
		return licensing.User{}, nil
	}
	return user, err
}

func wrongLogin() error {
	return licensing.Errorf(licensing.CodeInvalidLogin, "the login or the password is wrong").
		WithHint("an owner of your reseller can have a new password mailed to you")
}

// CloseSession revokes the token that the caller uses.
func (s *Service) CloseSession(ctx context.Context, c Caller) (licensing.Token, error) {
	return once(ctx, s, c, "session-delete", nil, func(tx *store.Tx) (licensing.Token, error) {
		return s.revokeToken(ctx, tx, c, c.Token.ID, "session.closed")
	})
}
