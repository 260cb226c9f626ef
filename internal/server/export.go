package server

import (
	"context"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

func (s *Server) exportCompanies(ctx context.Context, c service.Caller, in *api.ExportCompaniesInput) (store.Export, api.ExportFormat, error) {
	ids, err := exportedIDs(in.IDs)
	if err != nil {
		return store.Export{}, in.ExportFormat, err
	}
	export, err := s.service.ExportCompanies(ctx, c, service.CompanyQuery(in.CompanyFilter), ids)
	return export, in.ExportFormat, err
}

func (s *Server) exportLicenses(ctx context.Context, c service.Caller, in *api.ExportLicensesInput) (store.Export, api.ExportFormat, error) {
	q, err := licenseQuery(in.LicenseFilter)
	if err != nil {
		return store.Export{}, in.ExportFormat, err
	}
	ids, err := exportedIDs(in.IDs)
	if err != nil {
		return store.Export{}, in.ExportFormat, err
	}
	export, err := s.service.ExportLicenses(ctx, c, q, ids)
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

func (s *Server) exportInvoices(ctx context.Context, c service.Caller, in *api.ExportInvoicesInput) (store.Export, api.ExportFormat, error) {
	q, err := invoiceQuery(in.InvoiceDirection, in.InvoiceFilter)
	if err != nil {
		return store.Export{}, in.ExportFormat, err
	}
	export, err := s.service.ExportInvoices(ctx, c, q)
	return export, in.ExportFormat, err
}

func (s *Server) exportDevices(ctx context.Context, c service.Caller, in *api.ExportDevicesInput) (store.Export, api.ExportFormat, error) {
	export, err := s.service.ExportDevices(ctx, c, service.DeviceQuery(in.DeviceFilter))
	return export, in.ExportFormat, err
}

// exportedIDs reads the ids that an export is for; nil is all.
func exportedIDs(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	ids := strings.Split(text, ",")
	if len(ids) > mostExportedIDs || slices.Contains(ids, "") {
		return nil, licensing.Invalid("ids", "must be 1 to %d ids with commas between them", mostExportedIDs)
	}
	return ids, nil
}

const mostExportedIDs = 100
