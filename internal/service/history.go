package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// LicenseHistory lists what became of a license, newest first: every change of it,
// its orders, invoices, keys and devices. It fails with not_found.
func (s *Service) LicenseHistory(ctx context.Context, c Caller, ref string, p Page) (Listing[licensing.HistoryEntry], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.HistoryEntry], error) {
		license, err := findLicense(ctx, tx, c, ref)
		if err != nil {
			return Listing[licensing.HistoryEntry]{}, err
		}
		return history(c, "license-history", license.ID, p, func(p store.Page) ([]licensing.HistoryEntry, error) {
			return tx.LicenseHistory(ctx, license.ID, p)
		})
	})
}

// CompanyHistory lists what became of everything that a company has, newest first.
// It fails with not_found or ambiguous_reference.
func (s *Service) CompanyHistory(ctx context.Context, c Caller, ref string, p Page) (Listing[licensing.HistoryEntry], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.HistoryEntry], error) {
		company, err := findCompany(ctx, tx, c, ref)
		if err != nil {
			return Listing[licensing.HistoryEntry]{}, err
		}
		return history(c, "company-history", company.ID, p, func(p store.Page) ([]licensing.HistoryEntry, error) {
			return tx.CompanyHistory(ctx, company.ID, p)
		})
	})
}

func history(c Caller, name, of string, p Page, fetch func(store.Page) ([]licensing.HistoryEntry, error)) (Listing[licensing.HistoryEntry], error) {
	return list(c, name, of, p, func(e licensing.HistoryEntry) string { return e.ID }, fetch)
}
