package service_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// renewing buys an active license that renews.
func (f *fixture) renewing(c service.Caller, company string, change func(*service.Purchase)) licensing.License {
	f.t.Helper()
	license := f.buy(c, company, func(in *service.Purchase) {
		in.Term = "monthly:1"
		if change != nil {
			change(in)
		}
	})
	f.change(license.ID, func(l *licensing.License) { l.ActivatedAt = f.Now() })
	license, err := f.SetAutoRenew(f.t.Context(), c, license.ID, true)
	require.NoError(f.t, err)
	return license
}

// change changes a license behind the service's back.
func (f *fixture) change(id string, change func(*licensing.License)) {
	f.t.Helper()
	require.NoError(f.t, f.store.Update(f.t.Context(), func(tx *store.Tx) error {
		license, err := tx.License(f.t.Context(), id)
		require.NoError(f.t, err)
		change(&license)
		return tx.UpdateLicense(f.t.Context(), license)
	}))
}

// on sets the clock to noon of a date.
func (f *fixture) on(d licensing.Date) {
	f.at(time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, time.UTC))
}

func (f *fixture) renew() service.Renewals {
	f.t.Helper()
	done, err := f.Renew(f.t.Context())
	require.NoError(f.t, err)
	return done
}

// told counts the mails about renewals that failed.
func (f *fixture) told() int {
	f.t.Helper()
	var n int
	require.NoError(f.t, f.store.Writer().QueryRowContext(f.t.Context(),
		"SELECT count(*) FROM river_job WHERE CAST(args AS TEXT) LIKE '%renewal-failed%'").Scan(&n))
	return n
}

// However many runs there are at once, each license is bought once.
func TestRenewAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		const licenses, runners = 12, 8
		var all []licensing.License
		for range licenses {
			all = append(all, f.renewing(f.main, f.acme.ID, nil))
		}
		failing := f.renewing(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity = 2 })
		f.change(failing.ID, func(l *licensing.License) { l.Term = "until:2026-12-21" })
		paid := f.balance(f.main)
		f.on(all[0].EndsOn.AddDays(-1))
		var renewed, failed atomic.Int64
		var group errgroup.Group
		for range runners {
			group.Go(func() error {
				done, err := f.Renew(t.Context())
				renewed.Add(int64(done.Renewed))
				failed.Add(int64(done.Failed))
				return err
			})
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, licenses, renewed.Load())
		require.EqualValues(t, 1, failed.Load())
		require.Equal(t, paid-licenses*1200, f.balance(f.main))
		require.Equal(t, []int{2*licenses + 1, 2*licenses + 1}, f.counts("orders", "order_lines"))
		require.Equal(t, 1, f.told())
		for _, l := range all {
			after := f.license(f.main, l.ID)
			require.Equal(t, l.EndsOn.AddMonths(1, 21), after.EndsOn)
			require.Equal(t, l.StartsOn, after.StartsOn, "no gap")
			require.Equal(t, l.Version+1, after.Version)
			require.EqualValues(t, 2400, after.Amount)
		}
		before := f.dump()
		require.Zero(t, f.renew())
		require.Equal(t, before, f.dump())
	})
}

// A renewal is an order like any other, by nobody in person.
func TestRenewalOrder(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.renewing(f.main, f.acme.ID, func(in *service.Purchase) { in.InvoiceReference, in.Quantity = "PO-1", 3 })
		f.on(license.EndsOn.AddDays(-2))
		require.Zero(t, f.renew(), "the day before its last")
		f.on(license.EndsOn.AddDays(-1))
		require.Equal(t, service.Renewals{Renewed: 1}, f.renew())
		orders, err := f.Orders(ctx, f.main, service.OrderQuery{}, service.Page{Limit: 1})
		require.NoError(t, err)
		order := orders.Rows[0]
		require.Equal(t, []any{licensing.OrderRenewal, licensing.OrderProcessed, licensing.PayBalance, "auto-renew", "", "PO-1", int64(3600)},
			[]any{order.Kind, order.State, order.Payment, order.Buyer, order.TokenID, order.InvoiceReference, order.Amount})
		require.Equal(t, license.ID, order.Lines[0].LicenseID)
		require.Equal(t, license.EndsOn, order.Lines[0].StartsOn)
		events := f.events(license.ID)
		last := events[len(events)-1]
		require.Equal(t, []string{"license.renewed", "auto-renew", "", order.ID, f.acme.ID, license.ID},
			[]string{last.Type, last.Actor, last.TokenID, string(last.OrderID), string(last.CompanyID), string(last.LicenseID)})
	})
}

// A license is paid for again as it was last; where that was by card, from the balance.
func TestRenewalPayment(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		f.grant(f.main, "edit", 3)
		f.pays("K-1", "invoice", "balance", "credits", "card")
		byCredits := f.renewing(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity, in.Pay = 2, licensing.PayCredits })
		onAccount := f.renewing(f.main, f.acme.ID, func(in *service.Purchase) { in.Pay = licensing.PayInvoice })
		byCard := f.renewing(f.main, f.acme.ID, func(in *service.Purchase) { in.Pay = licensing.PayBalance })
		_, err := f.store.Writer().ExecContext(t.Context(), "UPDATE orders SET payment = 'card' WHERE id = $1", byCard.OrderID)
		require.NoError(t, err)
		before := f.balance(f.main)
		f.on(byCard.EndsOn.AddDays(-1))
		require.Equal(t, service.Renewals{Renewed: 2, Failed: 1}, f.renew())
		require.Equal(t, before-1200, f.balance(f.main))
		require.Equal(t, f.Today(f.main), f.license(f.main, byCredits.ID).RenewalFailedOn, "one credit is left, and two are needed")
		require.EqualValues(t, 1, f.credits(f.main, "edit"))
		require.True(t, f.license(f.main, onAccount.ID).EndsOn.After(onAccount.EndsOn))
		require.True(t, f.license(f.main, byCard.ID).EndsOn.After(byCard.EndsOn))

		// A contract that is paid by card alone has nobody to pay.
		f.pays("K-1", "card")
		f.on(byCard.EndsOn.AddMonths(1, 21).AddDays(-1))
		require.Equal(t, 2, f.renew().Failed)
	})
}

// What cannot be bought any more is left to expire, and is said once by mail and every
// day in the history.
func TestRenewalFails(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		contract := func(number string, change func(*licensing.Contract)) {
			require.NoError(t, f.store.Update(ctx, func(tx *store.Tx) error {
				k, err := tx.Contract(ctx, number)
				require.NoError(t, err)
				change(&k)
				return tx.UpdateContract(ctx, k)
			}))
		}
		license := f.renewing(f.main, f.acme.ID, nil)
		contract("K-NEXT", func(k *licensing.Contract) { k.ClosedAt = f.Now() }) // it would take over
		contract("K-1", func(k *licensing.Contract) { k.EndsOn = licensing.NewDate(2026, 12, 1) })
		for day := range licensing.RenewalDays + 5 {
			f.on(license.EndsOn.AddDays(day - 1))
			tries := service.Renewals{}
			if day < licensing.RenewalDays+1 {
				tries.Failed = 1
			}
			require.Equal(t, tries, f.renew(), "day %d", day)
			require.Zero(t, f.renew(), "once a day")
		}
		require.Equal(t, []int{1}, f.counts("orders"))
		require.Equal(t, 1, f.told())
		require.Equal(t, licensing.StateExpired, f.license(f.main, license.ID).State(f.Today(f.main)))
		mail, err := f.RenewalMail(ctx, license.ID)
		require.NoError(t, err)
		require.Equal(t, "contract K-1 is ended", mail.Reason)
		require.Equal(t, f.main.Reseller.Email, mail.Reseller.Email)
		require.Equal(t, licensing.RenewalDays+1, f.eventsOf(license.ID, "license.renewal_failed"))

		// Extended by hand it starts afresh, and its mail has become pointless.
		contract("K-1", func(k *licensing.Contract) { k.EndsOn = licensing.Date{} })
		_, err = f.Extend(ctx, f.main, service.Extension{License: license.ID, Term: "monthly:1"})
		require.NoError(t, err)
		require.True(t, f.license(f.main, license.ID).RenewalFailedOn.IsZero())
		_, err = f.RenewalMail(ctx, license.ID)
		require.ErrorIs(t, err, store.ErrNotFound)

		// The product is withdrawn.
		_, err = f.store.Writer().ExecContext(ctx, "DELETE FROM prices WHERE product_id = $1 AND contract_id = $2", license.ProductID, license.ContractID)
		require.NoError(t, err)
		f.on(f.license(f.main, license.ID).EndsOn.AddDays(-1))
		require.Equal(t, service.Renewals{Failed: 1}, f.renew())
		require.Equal(t, 2, f.told(), "a new period, a new mail")

		// A reseller that is disabled spends nothing.
		theirs := f.renewing(f.sub, f.below.ID, nil)
		require.NoError(t, f.store.Update(ctx, func(tx *store.Tx) error {
			sub := f.sub.Reseller
			sub.DisabledAt = f.Now()
			return tx.UpdateReseller(ctx, sub)
		}))
		f.on(theirs.EndsOn.AddDays(-1))
		require.Equal(t, 1, f.eventsAfter(theirs.ID, "license.renewal_failed", func() { f.renew() }))
	})
}

// eventsOf counts the events of a kind.
func (f *fixture) eventsOf(resource, kind string) int {
	n := 0
	for _, e := range f.events(resource) {
		if e.Type == kind {
			n++
		}
	}
	return n
}

// eventsAfter counts the events of a kind that something adds.
func (f *fixture) eventsAfter(resource, kind string, do func()) int {
	before := f.eventsOf(resource, kind)
	do()
	return f.eventsOf(resource, kind) - before
}

func TestClockIsFixed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		require.False(t, f.Clock(f.main).Movable)
		_, _, err := f.AdvanceClock(t.Context(), f.main, service.Advance{By: "1d"})
		requireCode(t, licensing.CodeClockFixed, err)
	})
}

// The clock goes day by day, so that nothing is skipped over; two requests add up, and
// one that is sent again counts once.
func TestAdvanceClock(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.MoveClock(func(by time.Duration) { f.at(f.clock.Load().Add(by)) })
		license := f.renewing(f.main, f.acme.ID, nil)
		began := f.Now()
		clock, done, err := f.AdvanceClock(ctx, f.main, service.Advance{By: "90d"})
		require.NoError(t, err)
		require.Equal(t, service.Renewals{Renewed: 2}, done)
		require.Equal(t, began.AddDate(0, 0, 90), clock.Now.Time)
		require.Equal(t, licensing.NewDate(2027, 2, 21), f.license(f.main, license.ID).EndsOn)

		var group errgroup.Group
		for range 3 {
			group.Go(func() error {
				_, _, err := f.AdvanceClock(ctx, f.main, service.Advance{By: "12h"})
				return err
			})
		}
		require.NoError(t, group.Wait())
		require.Equal(t, began.AddDate(0, 0, 91).Add(12*time.Hour), f.Now().Time)

		for range 2 {
			c, _ := keyed(f.main, "a week")
			clock, _, err = f.AdvanceClock(ctx, c, service.Advance{By: "1w"})
			require.NoError(t, err)
		}
		require.Equal(t, began.AddDate(0, 0, 98).Add(12*time.Hour), clock.Now.Time)

		// A date begins when it does for the vendor.
		clock, _, err = f.AdvanceClock(ctx, f.vendor, service.Advance{To: licensing.NewDate(2027, 6, 1)})
		require.NoError(t, err)
		require.Equal(t, "2027-05-31T22:00:00Z", clock.Now.String())
		require.Equal(t, licensing.NewDate(2027, 6, 1), clock.Today)
	})
}
