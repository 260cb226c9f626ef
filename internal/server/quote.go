package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) quoteCreate(ctx context.Context, c service.Caller, in *api.QuoteCreateInput) (api.Quote, error) {
	quote, err := s.service.SaveQuote(ctx, c, purchase(in.Body))
	return s.wireQuote(quote), err
}

func (s *Server) quoteView(ctx context.Context, c service.Caller, in *api.QuoteViewInput) (api.Quote, error) {
	quote, err := s.service.Quote(ctx, c, in.Quote)
	return s.wireQuote(quote), err
}

func (s *Server) wireQuote(q service.SavedQuote) api.Quote {
	state := "open"
	switch {
	case q.OrderID != "":
		state = "used"
	case !s.service.Now().Before(q.ExpiresAt.Time):
		state = "expired"
	}
	return api.Quote{
		ID: q.ID, State: state, ExpiresAt: q.ExpiresAt.String(), OrderID: string(q.OrderID), CreatedAt: q.CreatedAt.String(),
		Preview: wirePreview(q.Terms),
	}
}
