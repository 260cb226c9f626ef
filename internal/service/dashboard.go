package service

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// What a dashboard looks at.
const (
	dashboardDays   = 90 // ahead
	dashboardMonths = 12 // back, the current one included
	daysOfWeek      = 7
)

// Dashboard is how a reseller stands on a day of the vendor's calendar.
type Dashboard struct {
	Reseller licensing.Reseller
	On       licensing.Date
	Expiring []Week // of the days ahead, empty ones too
	Revenue  []MonthSum
	Balances []licensing.Balance
	States   []store.StateCount // in the order of licensing.States, empty ones too
}

// Week is what ends in some days: the first and the last of them.
type Week struct {
	From, To           licensing.Date
	Licenses, Quantity int64
}

// MonthSum is what the orders of a month came to in one currency.
type MonthSum struct {
	Month licensing.Date // its first day
	store.OrderSum
}

// Dashboard sums up how the caller's reseller stands, or one below it, by id or login. It
// fails with not_found.
func (s *Service) Dashboard(ctx context.Context, c Caller, reseller string) (Dashboard, error) {
	return view(ctx, s, func(tx *store.Tx) (Dashboard, error) {
		today := s.today(c)
		d := Dashboard{Reseller: c.Reseller, On: today}
		var err error
		if reseller != "" {
			if d.Reseller, err = findReseller(ctx, tx, c, reseller); err != nil {
				return d, err
			}
		}
		endings, err := tx.Endings(ctx, d.Reseller.ID, today.AddDays(1), today.AddDays(dashboardDays+1))
		if err != nil {
			return d, err
		}
		d.Expiring = weeks(today, endings)
		states, err := tx.LicenseStates(ctx, d.Reseller.ID, today)
		if err != nil {
			return d, err
		}
		d.States = allStates(states)
		if d.Balances, err = tx.Balances(ctx, d.Reseller.ID); err != nil {
			return d, err
		}
		d.Revenue, err = s.revenue(ctx, tx, c, d)
		return d, err
	})
}

// weeks are the days ahead by sevens, from tomorrow on; the last one is shorter.
func weeks(today licensing.Date, endings []store.Ending) []Week {
	var all []Week
	for day := 1; day <= dashboardDays; day += daysOfWeek {
		all = append(all, Week{From: today.AddDays(day), To: today.AddDays(min(day+daysOfWeek-1, dashboardDays))})
	}
	for _, e := range endings {
		week := &all[(today.DaysUntil(e.On)-1)/daysOfWeek]
		week.Licenses += e.Licenses
		week.Quantity += e.Quantity
	}
	return all
}

func allStates(found []store.StateCount) []store.StateCount {
	states := licensing.States()
	all := make([]store.StateCount, len(states))
	for i, state := range states {
		all[i].State = state
		for _, f := range found {
			if f.State == state {
				all[i] = f
			}
		}
	}
	return all
}

// revenue adds up the orders of each month, the oldest first: in every currency that the
// reseller has an account in, or has ordered in.
func (s *Service) revenue(ctx context.Context, tx *store.Tx, c Caller, d Dashboard) ([]MonthSum, error) {
	var currencies []string
	for _, b := range d.Balances {
		currencies = append(currencies, b.Currency)
	}
	var found []MonthSum
	months := make([]licensing.Date, dashboardMonths)
	for i := range months {
		months[i] = licensing.NewDate(d.On.Year(), d.On.Month()+time.Month(i-dashboardMonths+1), 1)
		sums, err := tx.OrderSums(ctx, d.Reseller.ID, s.startOf(c, months[i]), s.startOf(c, months[i].AddMonths(1, 1)))
		if err != nil {
			return nil, err
		}
		for _, sum := range sums {
			found = append(found, MonthSum{months[i], sum})
			currencies = append(currencies, sum.Currency)
		}
	}
	slices.Sort(currencies)
	for _, currency := range slices.Compact(currencies) {
		for _, month := range months {
			if !slices.ContainsFunc(found, func(m MonthSum) bool { return m.Month == month && m.Currency == currency }) {
				found = append(found, MonthSum{month, store.OrderSum{Currency: currency}})
			}
		}
	}
	slices.SortFunc(found, func(a, b MonthSum) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.Month.String(), b.Month.String()))
	})
	return found, nil
}
