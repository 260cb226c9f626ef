package service_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// idsOf reads one page of a list as ids.
type idsOf func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error)

func idsIn[T any](l service.Listing[T], err error, id func(T) string) ([]string, string, error) {
	var all []string
	for _, row := range l.Rows {
		all = append(all, id(row))
	}
	return all, l.Next, err
}

func (f *fixture) lists() map[string]idsOf {
	return map[string]idsOf{
		"companies": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.Companies(ctx, c, service.CompanyQuery{}, p)
			return idsIn(l, err, func(x licensing.Company) string { return x.ID })
		},
		"companies searched": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.Companies(ctx, c, service.CompanyQuery{Search: "example"}, p)
			return idsIn(l, err, func(x licensing.Company) string { return x.ID })
		},
		"licenses": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.Licenses(ctx, c, service.LicenseQuery{}, p)
			return idsIn(l, err, func(x licensing.License) string { return x.ID })
		},
		"orders": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.Orders(ctx, c, service.OrderQuery{}, p)
			return idsIn(l, err, func(x service.OrderDetails) string { return x.ID })
		},
		"keys": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.Keys(ctx, c, service.KeyQuery{}, p)
			return idsIn(l, err, func(x service.KeyDetails) string { return x.ID })
		},
		"invoices": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.Invoices(ctx, c, service.InvoiceQuery{}, p)
			return idsIn(l, err, func(x licensing.Invoice) string { return x.ID })
		},
		"invoices received": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.Invoices(ctx, c, service.InvoiceQuery{Received: true}, p)
			return idsIn(l, err, func(x licensing.Invoice) string { return x.ID })
		},
		"contracts": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.Contracts(ctx, c, "", p)
			return idsIn(l, err, func(x service.ContractTerms) string { return x.Contract.ID })
		},
		"contracts by state": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.Contracts(ctx, c, "active", p)
			return idsIn(l, err, func(x service.ContractTerms) string { return x.Contract.ID })
		},
		"products": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.Products(ctx, c, service.ProductQuery{}, p)
			return idsIn(l, err, func(x service.Offer) string { return x.Product.ID })
		},
		"ledger": func(ctx context.Context, c service.Caller, p service.Page) ([]string, string, error) {
			l, err := f.LedgerEntries(ctx, c, service.LedgerQuery{Currency: "EUR"}, p)
			return idsIn(l, err, func(x licensing.LedgerEntry) string { return x.ID })
		},
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		for i := range 5 {
			company := f.company(f.main, fmt.Sprint("c", i))
			license := f.buy(f.main, company.ID, nil)
			_, err := f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{license.ID}})
			require.NoError(t, err)
			_, err = f.GenerateKeys(ctx, f.main, service.KeyOrder{Count: 1, Seats: 1})
			require.NoError(t, err)
		}
		cursors := map[string]string{}
		for name, list := range f.lists() {
			all, next, err := list(ctx, f.main, service.Page{Limit: 500})
			require.NoError(t, err, name)
			require.Empty(t, next)
			require.Greater(t, len(all), 2, name)
			require.IsDecreasing(t, all, name)
			exact, next, err := list(ctx, f.main, service.Page{Limit: len(all)})
			require.NoError(t, err)
			require.Equal(t, all, exact)
			require.Empty(t, next, "%s: a page after the last", name)
			for _, limit := range []int{1, 2} {
				var seen []string
				page := service.Page{Limit: limit}
				for {
					rows, next, err := list(ctx, f.main, page)
					require.NoError(t, err, name)
					require.LessOrEqual(t, len(rows), limit)
					seen = append(seen, rows...)
					if cursors[name] == "" {
						cursors[name] = next
					}
					if page.Cursor = next; next == "" {
						break
					}
				}
				require.Equal(t, all, seen, name)
			}
		}

		for name, list := range f.lists() {
			refused := func(c service.Caller, cursor string) {
				rows, _, err := list(ctx, c, service.Page{Cursor: cursor, Limit: 1})
				requireCode(t, licensing.CodeInvalidCursor, err, name, cursor)
				require.Empty(t, rows)
			}
			for other, cursor := range cursors {
				if other != name {
					refused(f.main, cursor)
				}
			}
			refused(f.stranger, cursors[name])
			refused(f.sub, cursors[name])
			raw, err := base64.RawURLEncoding.DecodeString(cursors[name])
			require.NoError(t, err)
			for i := range raw {
				tampered := append([]byte(nil), raw...)
				tampered[i] ^= 1
				refused(f.main, base64.RawURLEncoding.EncodeToString(tampered))
			}
			for _, cursor := range []string{"x", "!", cursors[name][1:], cursors[name] + "A", base64.RawURLEncoding.EncodeToString(raw[:len(raw)/2])} {
				refused(f.main, cursor)
			}
		}
	})
}
