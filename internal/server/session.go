package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) sessionView(_ context.Context, c service.Caller, _ *api.SessionViewInput) (api.Session, error) {
	session := api.Session{
		TokenID: c.Token.ID, TokenName: c.Token.Name, Scopes: words(c.Token.Scopes), Contracts: words(c.Token.Contracts),
		ExpiresAt: some(c.Token.ExpiresAt.String()), Vendor: c.Vendor.Name, TimeZone: c.Vendor.TimeZone,
		Today: s.service.Today(c).String(), Now: s.service.Now().String(), Version: s.version,
	}
	if c.Reseller.ID != "" {
		session.Reseller = &api.ResellerRef{ID: c.Reseller.ID, Login: c.Reseller.Login, Name: c.Reseller.Name}
	}
	return session, nil
}
