package service_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// Everything that is about money and quantities, by many at once, of a reseller and of
// one below it: afterwards the books are whole to the last entry, no stock was sold
// twice, and no number is missing.
func TestSalesAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		f.pays("K-1", "balance", "credits")
		f.pays("K-SUB", "balance", "credits")
		f.grant(f.main, "edit", 40)
		f.company(f.main, "second")
		stock := map[string]int64{} // what each order for stock has bought
		var day salesDay
		for _, n := range []int64{9, 4, 6} {
			l := f.buyMany(f.main, "", n)
			stock[l.OrderID], day.stock = n, append(day.stock, l)
		}
		for _, company := range []string{f.acme.ID, f.acme.ID, "second", "second"} {
			day.sold = append(day.sold, f.buyMany(f.main, company, 1))
		}

		const workers, rounds = 8, 9
		sales := day.sales(t, f)
		var group errgroup.Group
		for worker := range workers {
			group.Go(func() error {
				for round := range rounds {
					n := (worker*5 + round) % len(sales)
					if err := sales[n](worker + round); err != nil && !slices.Contains(refusedSales, licensing.CodeOf(err)) {
						return fmt.Errorf("sale %d: %w", n, err)
					}
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())

		f.requireChain("ledger", "currency", "SELECT reseller_id || ' ' || currency, amount, -credit_limit FROM balances")
		f.requireChain("credit_ledger", "product_id", "SELECT reseller_id || ' ' || product_id, amount, 0 FROM credits")
		for order, quantity := range stock {
			for _, table := range []string{"licenses", "order_lines"} {
				sold := f.figures("SELECT order_id, sum(quantity), count(*) FROM "+table+" WHERE order_id = $1 GROUP BY order_id", order)
				require.Equal(t, quantity, sold[order][0], "what was bought for stock is there once, in %s", table)
			}
		}
		f.requirePaid()
		f.requireNumbers()
	})
}

// refusedSales are refusals that some of the sales come to when others are quicker.
var refusedSales = []licensing.Code{
	licensing.CodeInsufficientFunds, licensing.CodeInsufficientCredit, licensing.CodeNotAssignable, licensing.CodeOrderNotRefundable,
	licensing.CodeNothingToInvoice, licensing.CodeLicenseWithoutComp, licensing.CodeNotExtendable,
}

// salesDay is what is sold while everybody sells at once.
type salesDay struct {
	stock []licensing.License

	mu   sync.Mutex
	sold []licensing.License // to companies
}

func (d *salesDay) pick(n int) licensing.License {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sold[n%len(d.sold)]
}

func (d *salesDay) keep(bought service.Bought, err error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sold = append(d.sold, bought.Licenses...)
	return err
}

// sales are all that moves money, credits or quantities; n chooses among what there is.
func (d *salesDay) sales(t *testing.T, f *fixture) []func(n int) error {
	t.Helper()
	ctx := t.Context()
	companies := []string{"acme", "second"}
	return []func(n int) error{
		func(n int) error { // takes stock, and buys the rest
			return d.keep(f.Buy(ctx, f.main, purchaseOf(companies[n%2], 3)))
		},
		func(n int) error {
			in := purchaseOf(companies[n%2], 2)
			in.Pay, in.Stock = licensing.PayCredits, service.StockSkip
			return d.keep(f.Buy(ctx, f.main, in))
		},
		func(n int) error {
			_, err := f.AssignLicense(ctx, f.main, service.Assignment{License: d.stock[n%3].ID, Company: companies[n%2], Quantity: 2})
			return err
		},
		func(n int) error {
			_, err := f.RefundOrder(ctx, f.main, service.Refunding{Order: d.stock[n%3].OrderID})
			return err
		},
		func(int) error { return f.give(f.main, "sub", "edit", 3) },
		func(n int) error { // of two companies, and in both orders
			_, err := f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{d.pick(n).ID, d.pick(n + 1).ID}})
			return err
		},
		func(n int) error {
			_, err := f.Extend(ctx, f.main, service.Extension{License: d.pick(n).ID, Term: "monthly:1"})
			return err
		},
		func(n int) error { // of the reseller below, which has numbers and books of its own
			in := purchaseOf("below", 2)
			in.Stock, in.Pay = service.StockSkip, []licensing.Payment{licensing.PayBalance, licensing.PayCredits}[n%2]
			bought, err := f.Buy(ctx, f.sub, in)
			if err != nil {
				return err
			}
			_, err = f.SendInvoices(ctx, f.sub, service.Billing{Licenses: []string{bought.Licenses[0].ID}})
			return err
		},
		func(n int) error { // everything that this very order has sold
			_, err := f.RefundOrder(ctx, f.main, service.Refunding{Order: d.pick(n).OrderID})
			return err
		},
		func(int) error { // more than the balance may still cover
			return d.keep(f.Buy(ctx, f.main, service.Purchase{Company: "acme", Product: "edit", Term: "full:3", Quantity: 8}))
		},
	}
}

// figures reads rows of a text and two numbers.
func (f *fixture) figures(query string, args ...any) map[string][2]int64 {
	f.t.Helper()
	rows, err := f.store.Writer().QueryContext(f.t.Context(), query, args...)
	require.NoError(f.t, err)
	all := map[string][2]int64{}
	for rows.Next() {
		var name string
		var n [2]int64
		require.NoError(f.t, rows.Scan(&name, &n[0], &n[1]))
		all[name] = n
	}
	require.NoError(f.t, rows.Err())
	require.NoError(f.t, rows.Close())
	return all
}

// requireChain wants the entries of every account in a ledger to follow each other from
// nothing to what the account has, each from where one before has ended, and none below
// the account's limit. The order of their ids is not that in which they were posted.
func (f *fixture) requireChain(ledger, account, accounts string) {
	f.t.Helper()
	for name, has := range f.figures(accounts) {
		open := map[int64]int{0: 1} // how many entries could go on from a balance
		open[has[0]]--
		for _, e := range f.figures("SELECT id, amount, balance FROM "+ledger+" WHERE reseller_id || ' ' || "+account+" = $1", name) {
			require.GreaterOrEqual(f.t, e[1], has[1], "%s: below its limit", name)
			open[e[1]]++
			open[e[1]-e[0]]--
		}
		for balance, n := range open {
			require.Zero(f.t, n, "%s %s: entries from %d and to %d do not meet", ledger, name, balance, balance)
		}
	}
}

// requirePaid wants every order to have its entry in the one ledger or the other, taken
// back where it was refunded, and what the licenses have cost to be what was paid.
func (f *fixture) requirePaid() {
	f.t.Helper()
	for _, book := range []struct{ ledger, column string }{{"ledger", "amount"}, {"credit_ledger", "credits"}} {
		orders := f.figures("SELECT id, " + book.column + ", CASE WHEN state = 'refunded' THEN 1 ELSE 0 END FROM orders")
		entries := f.figures("SELECT order_id, sum(amount), count(*) FROM " + book.ledger + " WHERE order_id IS NOT NULL GROUP BY order_id")
		for id, order := range orders {
			want := [2]int64{-order[0], 1}
			switch {
			case order[0] == 0:
				want = [2]int64{}
			case order[1] == 1:
				want = [2]int64{0, 2}
			}
			require.Equal(f.t, want, entries[id], "the entries of order %s in %s", id, book.ledger)
			delete(entries, id)
		}
		require.Empty(f.t, entries)
	}
	paid := f.figures("SELECT reseller_id, sum(amount), 0 FROM orders WHERE state = 'processed' GROUP BY reseller_id")
	require.Len(f.t, paid, 2)
	require.Equal(f.t, paid, f.figures("SELECT reseller_id, sum(amount), 0 FROM licenses GROUP BY reseller_id"))
}

// requireNumbers wants the invoices of every seller to be numbered from 1 without a
// gap, every line to be billed once, and every order that cost money to be billed.
func (f *fixture) requireNumbers() {
	f.t.Helper()
	bySeller := map[string][]string{}
	for both := range f.figures("SELECT seller_id || ' ' || number, 0, 0 FROM invoices") {
		seller, number, _ := strings.Cut(both, " ")
		bySeller[seller] = append(bySeller[seller], number)
	}
	require.Len(f.t, bySeller, 3, "the vendor and two resellers")
	for seller, numbers := range bySeller {
		slices.Sort(numbers)
		for i, number := range numbers {
			require.True(f.t, strings.HasSuffix(number, fmt.Sprintf("INV-2026-%06d", i+1)), "%s: a gap before %s", seller, number)
		}
	}
	for line, n := range f.figures(`SELECT x.order_line_id, count(*), 0 FROM invoice_lines x JOIN invoices i ON i.id = x.invoice_id
		WHERE i.seller_id <> 'vendor' AND i.kind = 'invoice' GROUP BY x.order_line_id`) {
		require.EqualValues(f.t, 1, n[0], "%s is billed twice", line)
	}
	orders := f.figures("SELECT id, 1, CASE WHEN state = 'refunded' THEN 1 ELSE 0 END FROM orders WHERE amount > 0")
	billed := f.figures(`SELECT order_id, count(*), sum(CASE WHEN kind = 'credit_note' THEN 1 ELSE 0 END) FROM invoices
		WHERE seller_id = 'vendor' GROUP BY order_id`)
	for id, order := range orders {
		require.Equal(f.t, [2]int64{1 + order[1], order[1]}, billed[id], "the vendor's invoice for order %s, and its credit note", id)
	}
	require.Len(f.t, billed, len(orders))
}
