package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

func (s *Server) exportCompanies(ctx context.Context, c service.Caller, in *api.ExportCompaniesInput) (store.Export, api.ExportFormat, error) {
	export, err := s.service.ExportCompanies(ctx, c, service.CompanyQuery(in.CompanyFilter))
	return export, in.ExportFormat, err
}

func (s *Server) exportLicenses(ctx context.Context, c service.Caller, in *api.ExportLicensesInput) (store.Export, api.ExportFormat, error) {
	q, err := licenseQuery(in.LicenseFilter)
	if err != nil {
		return store.Export{}, in.ExportFormat, err
	}
	export, err := s.service.ExportLicenses(ctx, c, q)
	return export, in.ExportFormat, err
}

func (s *Server) exportKeys(ctx context.Context, c service.Caller, in *api.ExportKeysInput) (store.Export, api.ExportFormat, error) {
	export, err := s.service.ExportKeys(ctx, c, service.KeyQuery(in.KeyFilter), in.After)
	return export, in.ExportFormat, err
}

func (s *Server) exportOrders(ctx context.Context, c service.Caller, in *api.ExportOrdersInput) (store.Export, api.ExportFormat, error) {
	q, err := s.orderQuery(c, in.OrderFilter)
	if err != nil {
		return store.Export{}, in.ExportFormat, err
	}
	export, err := s.service.ExportOrders(ctx, c, q)
	return export, in.ExportFormat, err
}
