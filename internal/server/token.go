package server

import (
	"context"
	"crypto/rand"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) tokenCreate(ctx context.Context, c service.Caller, in *api.TokenCreateInput) (api.IssuedToken, error) {
	secret, err := api.NewToken(rand.Reader, s.tokenPrefix)
	if err != nil {
		return api.IssuedToken{}, err
	}
	issued, err := s.service.CreateToken(ctx, c, service.NewToken{
		Name: in.Body.Name, Scopes: in.Body.Scopes, Contracts: in.Body.Contracts, Days: in.Body.ExpiresDays,
		Secret: secret, Hash: api.HashToken(secret),
	})
	return api.IssuedToken{Secret: issued.Secret, Token: s.wireToken(issued.Token)}, err
}

func (s *Server) tokenList(ctx context.Context, c service.Caller, in *api.TokenListInput) (api.List[api.Token], error) {
	rows, err := s.service.Tokens(ctx, c, service.TokenQuery{State: licensing.TokenState(in.State), User: in.User}, page(in.Page))
	return listing(rows, err, s.wireToken)
}

func (s *Server) tokenRevoke(ctx context.Context, c service.Caller, in *api.TokenRevokeInput) (api.Token, error) {
	token, err := s.service.RevokeToken(ctx, c, in.Token)
	return s.wireToken(token), err
}

func (s *Server) wireToken(t licensing.Token) api.Token {
	return api.Token{
		ID: t.ID, Name: t.Name, State: string(t.State(s.service.Now().Time)), User: string(t.UserLogin), Scopes: words(t.Scopes),
		Contracts: words(t.Contracts), ExpiresAt: some(t.ExpiresAt.String()), RevokedAt: some(t.RevokedAt.String()), CreatedAt: t.CreatedAt.String(),
	}
}
