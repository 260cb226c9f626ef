package store_test

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/pgtest"
	"github.com/resell-cli/resell/internal/store"
)

// each runs a test on a new database of each kind, migrated and seeded.
func each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	for name, dsn := range map[string]func(*testing.T) string{"sqlite": sqliteDSN, "postgres": postgresDSN} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, dsn(t))
			require.NoError(t, s.Migrate(t.Context()))
			seed(t, s)
			test(t, s)
		})
	}
}

func sqliteDSN(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "a file of 100%? yes.db")
}

func postgresDSN(t *testing.T) string {
	t.Helper()
	return pgtest.Start(t)
}

func open(t *testing.T, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// The seed: two resellers and a child of the first, and what licenses refer to.
const (
	owner    = "rsl_owner"
	child    = "rsl_child"
	stranger = "rsl_stranger"
	company  = "com_acme"
	software = "prd_software"
	device   = "prd_device"
	contract = "con_main"
	order    = "ord_seed"
)

var (
	now   = licensing.At(time.Date(2026, time.November, 21, 10, 30, 15, 999, time.UTC))
	later = licensing.At(now.Add(time.Hour))
	today = licensing.NewDate(2026, time.November, 21)
)

func seed(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := t.Context()
	update(t, s, func(tx *store.Tx) error {
		for _, r := range []licensing.Reseller{
			{ID: owner, Login: "owner", Name: "Owner Ltd", Email: "owner@example.com", CreatedAt: now, UpdatedAt: now},
			{ID: child, Login: "child", Name: "Child Ltd", Email: "child@example.com", ParentID: owner, CreatedAt: now, UpdatedAt: now},
			{ID: stranger, Login: "stranger", Name: "Stranger Ltd", Email: "stranger@example.com", CreatedAt: now, UpdatedAt: now},
		} {
			require.NoError(t, tx.InsertReseller(ctx, r))
		}
		for _, p := range []licensing.Product{
			{ID: software, SKU: "soft", Name: "Software", Kind: licensing.KindSoftware, Metric: "users", Terms: licensing.List{"full", "trial"}, CalendarProration: "monthly", RefundDays: 14, CreatedAt: now},
			{ID: device, SKU: "dev", Name: "Device", Kind: licensing.KindDevice, Metric: "devices", Terms: licensing.List{"perpetual"}, CalendarProration: "none", RefundDays: 1, CreatedAt: now},
		} {
			require.NoError(t, tx.InsertProduct(ctx, full(p)))
		}
		require.NoError(t, tx.InsertContract(ctx, full(licensing.Contract{
			ID: contract, ResellerID: owner, Number: "K-1", Name: "Main", Conditions: "net 30", Currency: "EUR",
			StartsOn: today, EndsOn: today.AddYears(1), ClosedAt: later, CreatedAt: now,
		})))
		require.NoError(t, tx.InsertCompany(ctx, aCompany(company, owner)))
		return tx.InsertOrder(ctx, anOrder(order, owner))
	})
}

func aCompany(id, reseller string) licensing.Company {
	return full(licensing.Company{
		ID: id, ResellerID: reseller, Name: "Name " + id, AlternateName: "Alt " + id, Domain: licensing.Ref(id + ".example.com"),
		Email: id + "@example.com", Phone: "+31 20 1234567", Country: "NL", Address: "Damrak 1", PostalCode: "1012 LG", City: "Amsterdam",
		VATID: "NL123", Note: "note " + id, SetupAssistant: true, Version: 1, CreatedAt: now, UpdatedAt: later,
	})
}

func anOrder(id, reseller string) licensing.Order {
	return full(licensing.Order{
		ID: id, ResellerID: reseller, Number: "N-" + id, Kind: licensing.OrderPurchase, State: licensing.OrderProcessed, ContractID: contract,
		CompanyID: company, TokenID: "tok_1", Payment: licensing.PayBalance, Currency: "EUR", Amount: 1200, InvoiceReference: "PO " + id,
		Note: "order note", CreatedAt: now, Lines: []licensing.OrderLine{{ProductSKU: "soft", Description: "Software"}},
	})
}

// aLicense has every field of its own set; what is read from other tables is the
// company's, product's and order's of the seed.
func aLicense(id, reseller string) licensing.License {
	return full(licensing.License{
		ID: id, ResellerID: reseller, Coupon: "C-" + id, CompanyID: company, ProductID: software, ContractID: contract, OrderID: order,
		Name: "License " + id, Note: "note " + id, Quantity: 10, KeySeats: 2, Devices: 1, Term: "full:1", StartsOn: today, EndsOn: today.AddYears(1), AnchorDay: 21,
		Amount: 1200, Currency: "EUR", Billing: licensing.BillingUnbilled, InvoiceReference: "PO 1", ActivatedAt: now, PausedAt: later,
		RefundedAt: now, DeletedAt: later, Version: 3, CreatedAt: now, UpdatedAt: later,
		CompanyName: "Name " + company, CompanyDomain: company + ".example.com", ProductSKU: "soft", ProductName: "Software",
		ProductKind: licensing.KindSoftware, OrderNumber: "N-" + order, OrderedAt: now, RefundDays: 14,
	})
}

func aKey(id, reseller string) licensing.Key {
	return licensing.Key{ID: id, ResellerID: reseller, Code: "CODE-" + id, Name: "Key " + id, Seats: 2, CreatedAt: now}
}

func aLine(id, order, license string) licensing.OrderLine {
	return licensing.OrderLine{
		ID: id, OrderID: order, LicenseID: license, ProductID: software, Description: "Software, full:1", Term: "full:1", Quantity: 10,
		UnitPrice: 120, Amount: 1200, ListPrice: 150, ListAmount: 1500, StartsOn: today, EndsOn: today.AddYears(1), ProductSKU: "soft",
		RefundDays: 14,
	}
}

func update(t *testing.T, s *store.Store, fn func(*store.Tx) error) {
	t.Helper()
	require.NoError(t, s.Update(t.Context(), fn))
}

func view[T any](t *testing.T, s *store.Store, fn func(context.Context, *store.Tx) (T, error)) T {
	t.Helper()
	var out T
	require.NoError(t, s.View(t.Context(), func(tx *store.Tx) error {
		var err error
		out, err = fn(t.Context(), tx)
		return err
	}))
	return out
}

func ids[T any](rows []T) []string {
	all := []string{}
	for _, r := range rows {
		all = append(all, reflect.ValueOf(r).FieldByName("ID").String())
	}
	return all
}

// full gives a row with something in every column that has nothing yet, but for
// references, which must be to rows that exist.
func full[T any](row T) T {
	v := reflect.ValueOf(&row).Elem()
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag.Get("db")
		if tag == "-" || tag == "search_text" || strings.HasSuffix(tag, ",readonly") || !v.Field(i).IsZero() {
			continue
		}
		switch field := v.Field(i).Addr().Interface().(type) {
		case *licensing.Ref:
		case *licensing.Time:
			*field = later
		case *licensing.Date:
			*field = today
		case *licensing.List:
			*field = licensing.List{"one", "two"}
		case *bool:
			*field = true
		case *int64:
			*field = int64(i)
		case *licensing.Party:
			*field = licensing.Party{Name: tag, Address: "1 High Street", Country: "NL"}
		default:
			v.Field(i).SetString(tag)
		}
	}
	return row
}

// requireFull fails where a field that is a column is zero: a round trip of such a
// row would prove nothing of it.
func requireFull(t *testing.T, row any, but ...string) {
	t.Helper()
	v := reflect.ValueOf(row)
	for i := range v.NumField() {
		if tag := v.Type().Field(i).Tag.Get("db"); tag != "-" && tag != "search_text" && !strings.HasSuffix(tag, ",readonly") && !slices.Contains(but, tag) {
			require.False(t, v.Field(i).IsZero(), "%s.%s is zero", v.Type(), tag)
		}
	}
}

// books are those of resellers.
func books(resellers ...string) store.Books { return store.Books{Resellers: resellers} }
