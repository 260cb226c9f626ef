package service_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/pgtest"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// fixture is an installation with three resellers.
type fixture struct {
	*service.Service
	t     *testing.T
	store *store.Store
	clock atomic.Pointer[time.Time]

	main     service.Caller // has a sub-reseller
	sub      service.Caller
	stranger service.Caller
	empty    service.Caller // has no contract
	vendor   service.Caller

	acme  licensing.Company // of main
	below licensing.Company // of sub
	other licensing.Company // of stranger
}

// each runs a test on a new installation on each kind of database.
func each(t *testing.T, test func(t *testing.T, f *fixture)) {
	t.Helper()
	for name, dsn := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { t.Helper(); return filepath.Join(t.TempDir(), "resell.db") },
		"postgres": func(t *testing.T) string { t.Helper(); return pgtest.Start(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, setup(t, dsn(t)))
		})
	}
}

func setup(t *testing.T, dsn string) *fixture {
	t.Helper()
	ctx := t.Context()
	s, err := store.Open(ctx, dsn)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.NoError(t, s.Migrate(ctx))
	require.NoError(t, job.Migrate(ctx, s.Writer(), job.Dialect(s.Dialect())))
	queue, err := job.NewQueue(s.Writer(), job.Dialect(s.Dialect()))
	require.NoError(t, err)

	f := &fixture{t: t, store: s}
	f.at(time.Date(2026, time.November, 21, 10, 30, 15, 0, time.UTC))
	f.Service = service.New(s, queue, func() time.Time { return *f.clock.Load() })
	require.NoError(t, f.ApplyCatalog(ctx, catalog()))
	f.main, f.stranger, f.empty, f.vendor = f.login("main"), f.login("stranger"), f.login("empty"), f.login("")

	require.NoError(t, s.Update(ctx, func(tx *store.Tx) error {
		sub, err := tx.Reseller(ctx, "sub")
		require.NoError(t, err)
		sub.ParentID = licensing.Ref(f.main.Reseller.ID)
		return tx.UpdateReseller(ctx, sub)
	}))
	f.sub, f.main = f.login("sub"), f.login("main")
	f.acme, f.below, f.other = f.company(f.main, "acme"), f.company(f.sub, "below"), f.company(f.stranger, "other")
	return f
}

func catalog() service.Catalog {
	type prices = map[string]map[licensing.Interval]int64
	full := map[licensing.Interval]int64{licensing.PerYear: 12000, licensing.PerMonth: 1200, licensing.Once: 50000}
	list := prices{"EUR": {licensing.PerYear: 15000, licensing.PerMonth: 1500, licensing.Once: 60000}}
	all := []string{"full", "yearly", "monthly", "calendar", "trial", "until", "perpetual"}
	from := licensing.NewDate(2026, time.January, 1)
	return service.Catalog{
		Vendor: service.CatalogVendor{Name: "Vendor", TimeZone: "Europe/Amsterdam", MailFrom: "billing@example.com"},
		Products: []service.CatalogProduct{
			{SKU: "edit", Name: "Editor", Kind: licensing.KindSoftware, Metric: "users", Terms: all, RefundDays: 14, Prices: list},
			{SKU: "cam", Name: "Camera", Kind: licensing.KindDevice, Metric: "devices", Terms: []string{"perpetual", "full"}, RefundDays: 14, Prices: list},
			{SKU: "care", Name: "Care", Kind: licensing.KindSupport, Metric: "servers", Terms: []string{"full", "monthly"}},
			{SKU: "cloud", Name: "Cloud", Kind: licensing.KindSubscription, Metric: "users", Terms: all, CalendarProration: "monthly", Prices: list},
			{SKU: "both", Name: "In two contracts", Kind: licensing.KindSoftware, Metric: "users", Terms: all},
			{SKU: "rare", Name: "In the second", Kind: licensing.KindSoftware, Metric: "users", Terms: all},
			{SKU: "old", Name: "In the closed one", Kind: licensing.KindSoftware, Metric: "users", Terms: all},
			{SKU: "gift", Name: "Free of charge", Kind: licensing.KindSoftware, Metric: "users", Terms: all},
			{SKU: "dear", Name: "Too dear", Kind: licensing.KindSoftware, Metric: "users", Terms: all},
		},
		Resellers: []service.CatalogReseller{
			{Login: "main", Name: "Main Ltd", Email: "main@example.com", Accounts: []service.CatalogAccount{{Currency: "EUR", Deposit: 1_000_000, CreditLimit: 500}}, Contracts: []service.CatalogContract{
				{Number: "K-1", Name: "First", Currency: "EUR", StartsOn: from, Prices: prices{
					"edit": full, "cam": full, "cloud": full, "both": full, "care": {licensing.PerYear: 700},
					"gift": {licensing.PerYear: 0, licensing.Once: 0}, "dear": {licensing.PerYear: 1 << 40},
				}},
				{Number: "K-2", Name: "Second", Currency: "EUR", StartsOn: from, Prices: prices{"both": full, "rare": full}},
				{Number: "K-CLOSED", Name: "Closed", Currency: "EUR", StartsOn: from, Closed: true, Prices: prices{"edit": full, "old": full}},
				{Number: "K-NEXT", Name: "Next year's", Currency: "EUR", StartsOn: from.AddYears(1), Prices: prices{"edit": full}},
			}},
			{Login: "sub", Name: "Sub Ltd", Accounts: []service.CatalogAccount{{Currency: "EUR", Deposit: 1_000_000}}, Contracts: []service.CatalogContract{
				{Number: "K-SUB", Currency: "EUR", StartsOn: from, Prices: prices{"edit": full}},
			}},
			{Login: "stranger", Name: "Stranger Ltd", Accounts: []service.CatalogAccount{{Currency: "EUR", Deposit: 1_000_000}}, Contracts: []service.CatalogContract{
				{Number: "K-S", Currency: "EUR", StartsOn: from, Prices: prices{"edit": full}},
			}},
			{Login: "empty", Name: "Empty Ltd", Contracts: []service.CatalogContract{{Number: "K-E", Currency: "EUR", StartsOn: from, Closed: true, Prices: prices{"edit": full}}}},
		},
	}
}

func (f *fixture) at(now time.Time) { f.clock.Store(&now) }

// login issues a token and gives its caller.
func (f *fixture) login(reseller string) service.Caller {
	f.t.Helper()
	hash := fmt.Sprint(reseller, time.Now().UnixNano())
	require.NoError(f.t, f.IssueToken(f.t.Context(), reseller, "test", hash, scopesOf(reseller), licensing.Time{}))
	c, err := f.Authenticate(f.t.Context(), hash)
	require.NoError(f.t, err)
	c.RequestID = "req_1"
	return c
}

func scopesOf(reseller string) []string {
	if reseller == "" {
		return []string{"vendor"}
	}
	return []string{"company:read", "company:write"}
}

func (f *fixture) company(c service.Caller, name string) licensing.Company {
	f.t.Helper()
	company, err := f.CreateCompany(f.t.Context(), c, service.CompanyChange{
		Name: new(name), Domain: new(name + ".example.com"), Email: new(name + "@example.com"),
	})
	require.NoError(f.t, err)
	return company
}

// buy buys one Editor for the company for a year, as changed.
func (f *fixture) buy(c service.Caller, company string, change func(*service.Purchase)) licensing.License {
	f.t.Helper()
	in := service.Purchase{Company: company, Product: "edit", Term: "full:1", Quantity: 1}
	if change != nil {
		change(&in)
	}
	bought, err := f.Buy(f.t.Context(), c, in)
	require.NoError(f.t, err)
	require.Len(f.t, bought.Licenses, 1)
	return bought.Licenses[0]
}

// keyed is the caller of a request with an idempotency key.
func keyed(c service.Caller, key string) (service.Caller, *bool) {
	c.IdempotencyKey, c.Replayed = key, new(bool)
	return c, c.Replayed
}

var tables = []string{
	"vendor", "resellers", "companies", "products", "contracts", "prices", "balances", "counters", "orders", "ledger", "licenses", "license_serials",
	"trials", "invoices", "order_lines", "invoice_lines", "keys", "idempotency", "events", "river_job",
	"users", "tokens", "locations", "reseller_products", "credits", "credit_ledger", "quotes", "key_licenses", "devices", "links",
}

// dump is every row of every table that a use case may change.
func (f *fixture) dump() map[string][]string {
	f.t.Helper()
	all := map[string][]string{}
	for _, table := range tables {
		rows, err := f.store.Writer().QueryContext(f.t.Context(), "SELECT * FROM "+table)
		require.NoError(f.t, err)
		columns, err := rows.Columns()
		require.NoError(f.t, err)
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			require.NoError(f.t, rows.Scan(values...))
			var b strings.Builder
			for _, v := range values {
				fmt.Fprintf(&b, "%v|", *v.(*any)) //nolint:forcetypeassert // made above
			}
			all[table] = append(all[table], b.String())
		}
		require.NoError(f.t, rows.Err())
		require.NoError(f.t, rows.Close())
		slices.Sort(all[table])
	}
	return all
}

// counts is how many rows the dump has of some tables.
func (f *fixture) counts(names ...string) []int {
	f.t.Helper()
	all := f.dump()
	n := make([]int, len(names))
	for i, name := range names {
		n[i] = len(all[name])
		if name == "river_job" {
			n[i] -= f.confirmations()
		}
	}
	return n
}

// jobs is how many jobs of a kind were enqueued.
func (f *fixture) jobs(kind string) int {
	f.t.Helper()
	var n int
	require.NoError(f.t, f.store.Writer().QueryRowContext(f.t.Context(), "SELECT count(*) FROM river_job WHERE kind = $1", kind).Scan(&n))
	return n
}

// confirmations is how many mails that confirm an order are enqueued. There is one for
// each order, so that other tests count the other jobs.
func (f *fixture) confirmations() int {
	f.t.Helper()
	template := "json_extract(args, '$.template')"
	if f.store.Dialect() == store.Postgres {
		template = "args->>'template'"
	}
	var n int
	require.NoError(f.t, f.store.Writer().QueryRowContext(f.t.Context(),
		"SELECT count(*) FROM river_job WHERE kind = 'mail' AND "+template+" = 'order'").Scan(&n))
	return n
}

func (f *fixture) balance(c service.Caller) int64 {
	f.t.Helper()
	accounts, err := f.Accounts(f.t.Context(), c, "")
	require.NoError(f.t, err)
	require.Len(f.t, accounts, 1)
	var sum int64
	for _, amount := range accounts[0].Sums {
		sum += amount
	}
	require.Equal(f.t, sum, accounts[0].Amount, "the ledger adds up to the balance")
	return accounts[0].Amount
}

func (f *fixture) events(resource string) []licensing.Event {
	f.t.Helper()
	var events []licensing.Event
	require.NoError(f.t, f.store.View(f.t.Context(), func(tx *store.Tx) error {
		var err error
		events, err = tx.Events(f.t.Context(), resource)
		return err
	}))
	return events
}

func requireCode(t *testing.T, want licensing.Code, err error, about ...any) {
	t.Helper()
	require.Error(t, err, about...)
	require.Equal(t, want, licensing.CodeOf(err), fmt.Sprint(err, about))
}
