package server

import (
	"context"
	"crypto/rand"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/service"
)

// guessLogin is the family of guesses at one login, from wherever they come.
const guessLogin = "login"

func (s *Server) sessionView(_ context.Context, c service.Caller, _ *api.SessionViewInput) (api.Session, error) {
	return s.wireSession(c), nil
}

func (s *Server) sessionCreate(ctx context.Context, c service.Caller, in *api.SessionCreateInput) (api.NewSession, error) {
	release, err := s.guesses.begin(answerHeaders(ctx), addressOf(ctx), family(api.SessionCreate.Meta()))
	if err != nil {
		return api.NewSession{}, err
	}
	defer release(nil) // handle counts the address's wrong guesses
	end, err := s.guesses.begin(answerHeaders(ctx), strings.ToLower(strings.TrimSpace(in.Body.Login)), guessLogin)
	if err != nil {
		return api.NewSession{}, err
	}
	secret, err := api.NewToken(rand.Reader, s.tokenPrefix)
	if err == nil {
		c, err = s.service.OpenSession(ctx, c, service.SignIn{
			Login: in.Body.Login, Password: in.Body.Password, TokenName: in.Body.Name, TokenHash: api.HashToken(secret),
		})
	}
	end(err)
	noteToken(ctx, c.Token.ID)
	return api.NewSession{Token: secret, Session: s.wireSession(c)}, err
}

func (s *Server) sessionDelete(ctx context.Context, c service.Caller, _ *api.SessionDeleteInput) (api.Token, error) {
	token, err := s.service.CloseSession(ctx, c)
	return s.wireToken(token), err
}

func (s *Server) wireSession(c service.Caller) api.Session {
	session := api.Session{
		TokenID: c.Token.ID, TokenName: c.Token.Name, Scopes: words(c.Token.Scopes), Contracts: words(c.Token.Contracts),
		ExpiresAt: some(c.Token.ExpiresAt.String()), Vendor: c.Vendor.Name, TimeZone: c.Vendor.TimeZone,
		Today: s.service.Today(c).String(), Now: s.service.Now().String(), Version: s.version,
	}
	if c.Reseller.ID != "" {
		session.Reseller = &api.ResellerRef{ID: c.Reseller.ID, Login: c.Reseller.Login, Name: c.Reseller.Name}
	}
	if c.User.ID != "" {
		session.User = &api.UserRef{ID: c.User.ID, Login: c.User.Login, Name: c.User.Name, Role: string(c.User.Role)}
	}
	return session
}
