package service

import (
	"context"

	"github.com/resell-cli/resell/internal/store"
)

// ExportCompanies chooses companies to stream, of some ids or of all for nil.
func (s *Service) ExportCompanies(_ context.Context, c Caller, q CompanyQuery, ids []string) (store.Export, error) {
	f := q.filter(c)
	f.IDs = ids
	return store.ExportCompanies(f), nil
}

// ExportLicenses chooses licenses to stream, of some ids or of all for nil. It fails with
// not_found where the query names what does not exist.
func (s *Service) ExportLicenses(ctx context.Context, c Caller, q LicenseQuery, ids []string) (store.Export, error) {
	return view(ctx, s, func(tx *store.Tx) (store.Export, error) {
		f, err := s.licenseFilter(ctx, tx, c, q)
		f.IDs = ids
		return store.ExportLicenses(f), err
	})
}

// ExportKeys chooses keys to stream: all of them, or, where after is not empty, those
// made since the export that gave it as Next. It fails as ExportLicenses does, and with
// invalid_cursor.
func (s *Service) ExportKeys(ctx context.Context, c Caller, q KeyQuery, after string) (store.Export, error) {
	if after != "" {
		return s.exportKeysSince(ctx, c, q, after)
	}
	return view(ctx, s, func(tx *store.Tx) (store.Export, error) {
		f, err := keyFilter(ctx, tx, c, q)
		return store.ExportKeys(f), err
	})
}

// ExportOrders chooses orders to stream, a row for each line. It fails as
// ExportLicenses does.
func (s *Service) ExportOrders(ctx context.Context, c Caller, q OrderQuery) (store.Export, error) {
	return view(ctx, s, func(tx *store.Tx) (store.Export, error) {
		f, err := s.orderFilter(ctx, tx, c, q)
		return store.ExportOrders(f), err
	})
}

// ExportInvoices chooses invoices to stream, a row for each. It fails as ExportLicenses
// does.
func (s *Service) ExportInvoices(ctx context.Context, c Caller, q InvoiceQuery) (store.Export, error) {
	return view(ctx, s, func(tx *store.Tx) (store.Export, error) {
		f, err := s.invoiceFilter(ctx, tx, c, q)
		return store.ExportInvoices(f), err
	})
}

// ExportDevices chooses devices to stream. It fails as ExportLicenses does, and with
// invalid_key.
func (s *Service) ExportDevices(ctx context.Context, c Caller, q DeviceQuery) (store.Export, error) {
	return view(ctx, s, func(tx *store.Tx) (store.Export, error) {
		f, err := deviceFilter(ctx, tx, c, q)
		return store.ExportDevices(f), err
	})
}

// Stream reads an export's rows; see store.Stream.
func (s *Service) Stream(ctx context.Context, e store.Export, fn func(row [][]byte) error) error {
	return s.store.Stream(ctx, e, fn)
}
