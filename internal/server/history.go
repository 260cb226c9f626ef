package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) licenseHistory(ctx context.Context, c service.Caller, in *api.LicenseHistoryInput) (api.List[api.HistoryEntry], error) {
	rows, err := s.service.LicenseHistory(ctx, c, in.License, page(in.Page))
	return listing(rows, err, wireHistory)
}

func (s *Server) companyHistory(ctx context.Context, c service.Caller, in *api.CompanyHistoryInput) (api.List[api.HistoryEntry], error) {
	rows, err := s.service.CompanyHistory(ctx, c, in.Company, page(in.Page))
	return listing(rows, err, wireHistory)
}

func wireHistory(e licensing.HistoryEntry) api.HistoryEntry {
	return api.HistoryEntry{
		ID: e.ID, At: e.CreatedAt.String(), Type: e.Type, Text: e.Text(), Actor: e.Actor, LicenseID: string(e.LicenseID),
		Coupon: string(e.Coupon), OrderNumber: string(e.OrderNumber),
	}
}
