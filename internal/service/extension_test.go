package service_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func TestExtend(t *testing.T) {
	t.Parallel()
	type extension = service.Extension
	tests := []struct {
		name         string
		term         string // of the license, bought on 2026-11-21
		now          time.Time
		change       func(*extension)
		starts, ends licensing.Date // of the line
		from         licensing.Date // of the license, after
		amount       int64
	}{
		{"from its end", "full:1", day(2027, 3, 1), nil, date(2027, 11, 21), date(2028, 11, 21), date(2026, 11, 21), 12000},
		{"on its end", "full:1", day(2027, 11, 21), nil, date(2027, 11, 21), date(2028, 11, 21), date(2026, 11, 21), 12000},
		{"from today", "full:1", day(2028, 2, 1), nil, date(2028, 2, 1), date(2029, 2, 1), date(2028, 2, 1), 12000},
		{"from expiry", "full:1", day(2028, 2, 1), func(in *extension) { in.FromExpiry = true }, date(2027, 11, 21), date(2028, 11, 21), date(2026, 11, 21), 12000},
		{"by months", "full:1", day(2027, 3, 1), func(in *extension) { in.Term = "monthly:2" }, date(2027, 11, 21), date(2028, 1, 21), date(2026, 11, 21), 2400},
		{"to a date", "full:1", day(2027, 3, 1), func(in *extension) { in.Term = "until:2027-12-01" }, date(2027, 11, 21), date(2027, 12, 1), date(2026, 11, 21), 329},
		{"calendar", "calendar:1", day(2026, 12, 1), func(in *extension) { in.Term = "calendar:2" }, date(2027, 1, 1), date(2029, 1, 1), date(2026, 11, 21), 24000},
		{"a trial, paid", "trial:10d", day(2026, 11, 25), func(in *extension) { in.ExpectedEnd = date(2026, 12, 1) }, date(2026, 12, 1), date(2027, 12, 1), date(2026, 11, 21), 12000},
		{"as expected", "full:1", day(2027, 3, 1), func(in *extension) { in.ExpectedAmount, in.ExpectedEnd = new(int64(12000)), date(2027, 11, 21) }, date(2027, 11, 21), date(2028, 11, 21), date(2026, 11, 21), 12000},
	}
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		for i, test := range tests {
			f.at(day(2026, 11, 21))
			license := f.buy(f.main, f.company(f.main, fmt.Sprint("company", i)).ID, func(in *service.Purchase) {
				in.Term, in.InvoiceReference = test.term, "PO 7"
			})
			f.at(test.now)
			balance, before := f.balance(f.main), f.dump()
			in := extension{License: license.Coupon, Term: "full:1", OrderNote: "renewed"}
			if test.change != nil {
				test.change(&in)
			}
			deal, err := f.PreviewExtension(ctx, f.main, in)
			require.NoError(t, err, test.name)
			require.Equal(t, before, f.dump(), "a preview changes nothing")
			bought, err := f.Extend(ctx, f.main, in)
			require.NoError(t, err, test.name)
			require.Len(t, bought.Licenses, 1)
			got := bought.Licenses[0]
			require.Equal(t, []any{test.starts, test.ends, test.amount, balance, license.ID}, []any{deal.Period.StartsOn, deal.Period.EndsOn, deal.Amount, deal.BalanceBefore, deal.LicenseID}, test.name)
			require.Equal(t, balance-test.amount, f.balance(f.main))
			require.Equal(t, []any{license.ID, test.from, test.ends, license.Amount + test.amount, deal.Term.String(), license.Version + 1, licensing.BillingUnbilled},
				[]any{got.ID, got.StartsOn, got.EndsOn, got.Amount, got.Term, got.Version, got.Billing}, test.name)

			orders, err := f.Orders(ctx, f.main, service.OrderQuery{}, service.Page{Limit: 1})
			require.NoError(t, err)
			order := orders.Rows[0]
			require.Equal(t, []any{licensing.OrderExtension, test.amount, "PO 7", "renewed"}, []any{order.Kind, order.Amount, order.InvoiceReference, order.Note})
			require.Equal(t, []any{license.ID, test.starts, test.ends}, []any{order.Lines[0].LicenseID, order.Lines[0].StartsOn, order.Lines[0].EndsOn})
			events := f.events(license.ID)
			require.Len(t, events, 2)
			require.Equal(t, "license.extended", events[1].Type)
			require.Contains(t, part(t, events[1], "before"), `"ends_on":"`+license.EndsOn.String())
			require.Contains(t, part(t, events[1], "after"), `"ends_on":"`+test.ends.String())
			kept, err := f.License(ctx, f.main, license.ID)
			require.NoError(t, err)
			require.Equal(t, got.EndsOn, kept.EndsOn)
			require.Equal(t, license.OrderID, kept.OrderID, "it stays the license of its first order")
		}
	})
}

func TestExtendRefused(t *testing.T) {
	t.Parallel()
	type extension = service.Extension
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		year := f.buy(f.main, f.acme.ID, nil)
		calendar := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "calendar:1" })
		perpetual := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "perpetual" })
		care := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Product = "care" })
		many := f.buy(f.main, "", func(in *service.Purchase) { in.Quantity = 60 })
		below := f.buy(f.sub, f.below.ID, nil)
		other := f.buy(f.stranger, f.other.ID, nil)
		limited := f.main
		limited.Token.Contracts = licensing.List{"con_elsewhere"}
		for _, test := range []struct {
			code   licensing.Code
			caller service.Caller
			in     extension
		}{
			{licensing.CodeNotFound, f.main, extension{License: "lic_none", Term: "full:1"}},
			{licensing.CodeNotFound, f.main, extension{License: other.ID, Term: "full:1"}},
			{licensing.CodeNotFound, f.main, extension{License: other.Coupon, Term: "full:1"}},
			{licensing.CodeReadOnly, f.main, extension{License: below.ID, Term: "full:1"}},
			{licensing.CodeInvalidTerm, f.main, extension{License: year.ID, Term: "often"}},
			{licensing.CodeInvalidTerm, f.main, extension{License: year.ID, Term: "until:2027-11-21"}},
			{licensing.CodeTermNotOffered, f.main, extension{License: year.ID, Term: "trial"}},
			{licensing.CodeTermNotOffered, f.main, extension{License: year.ID, Term: "perpetual"}},
			{licensing.CodeTermNotOffered, f.main, extension{License: calendar.ID, Term: "full:1"}},
			{licensing.CodeTermNotOffered, f.main, extension{License: care.ID, Term: "monthly:1"}},
			{licensing.CodeNotExtendable, f.main, extension{License: perpetual.ID, Term: "full:1"}},
			{licensing.CodeVersionConflict, f.main, extension{License: year.ID, Term: "full:1", ExpectedEnd: date(2026, 12, 1)}},
			{licensing.CodePriceChanged, f.main, extension{License: year.ID, Term: "full:1", ExpectedAmount: new(int64(1))}},
			{licensing.CodeInsufficientFunds, f.main, extension{License: many.ID, Term: "full:1"}},
			{licensing.CodeContractNotPermitted, limited, extension{License: year.ID, Term: "full:1"}},
			{licensing.CodeScopeMissing, f.vendor, extension{License: year.ID, Term: "full:1"}},
		} {
			before := f.dump()
			_, err := f.Extend(ctx, test.caller, test.in)
			requireCode(t, test.code, err, test.in)
			require.Equal(t, before, f.dump(), test.in)
			if test.code != licensing.CodeScopeMissing {
				_, err = f.PreviewExtension(ctx, test.caller, test.in)
				requireCode(t, test.code, err, test.in)
			}
		}
		closing := catalog()
		closing.Resellers[0].Contracts[0].Closed = true
		require.NoError(t, f.ApplyCatalog(ctx, closing))
		_, err := f.Extend(ctx, f.main, extension{License: year.ID, Term: "full:1"})
		requireCode(t, licensing.CodeContractClosed, err)
	})
}

func TestPauseAndResume(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, nil)
		_, err := f.ResumeLicense(ctx, f.main, license.ID)
		requireCode(t, licensing.CodeNotResumable, err)
		paused, err := f.PauseLicense(ctx, f.main, license.Coupon)
		require.NoError(t, err)
		require.Equal(t, licensing.StatePaused, paused.State(f.Today(f.main)))
		require.Equal(t, license.EndsOn, paused.EndsOn)
		before := f.dump()
		_, err = f.PauseLicense(ctx, f.main, license.ID)
		requireCode(t, licensing.CodeNotPausable, err)
		require.Equal(t, before, f.dump())
		_, err = f.PauseLicense(ctx, f.main, "lic_none")
		requireCode(t, licensing.CodeNotFound, err)

		resumed, err := f.ResumeLicense(ctx, f.main, license.ID)
		require.NoError(t, err)
		require.True(t, resumed.PausedAt.IsZero())
		require.Equal(t, license.Version+2, resumed.Version)
		events := f.events(license.ID)
		require.Equal(t, []string{"license.added", "license.paused", "license.resumed"}, []string{events[0].Type, events[1].Type, events[2].Type})
		require.Contains(t, part(t, events[2], "before"), `"paused_at":"2026-`)
		require.Contains(t, part(t, events[2], "after"), `"paused_at":null`)

		f.at(day(2027, 11, 21))
		_, err = f.PauseLicense(ctx, f.main, license.ID)
		requireCode(t, licensing.CodeNotPausable, err)
	})
}

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 12, 0, 0, 0, time.UTC) }
