package licensing

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestPeriod(t *testing.T) {
	t.Parallel()
	tests := []struct{ term, start, ends string }{
		{"full:1", "2026-07-01", "2027-07-01"},
		{"full:3", "2026-07-01", "2029-07-01"},
		{"full:1", "2028-02-29", "2029-02-28"},
		{"full:2", "2028-02-29", "2030-02-28"},
		{"full:1", "2027-02-28", "2028-02-28"},
		{"full:1", "2026-12-31", "2027-12-31"},
		{"full:1", "2026-01-01", "2027-01-01"},
		{"yearly:4", "2028-02-29", "2032-02-29"},
		{"yearly:10", "2026-07-01", "2036-07-01"},
		{"monthly:1", "2026-01-31", "2026-02-28"},
		{"monthly:1", "2028-01-31", "2028-02-29"},
		{"monthly:2", "2026-01-31", "2026-03-31"},
		{"monthly:1", "2026-12-31", "2027-01-31"},
		{"monthly:6", "2026-08-31", "2027-02-28"},
		{"monthly:120", "2026-07-01", "2036-07-01"},
		{"calendar:1", "2026-11-21", "2027-01-01"},
		{"calendar:2", "2026-11-21", "2028-01-01"},
		{"calendar:3", "2026-11-21", "2029-01-01"},
		{"calendar:1", "2026-01-01", "2027-01-01"},
		{"calendar:3", "2026-01-01", "2029-01-01"},
		{"calendar:1", "2026-12-31", "2027-01-01"},
		{"calendar:3", "2026-12-31", "2029-01-01"},
		{"trial", "2026-12-15", "2027-01-14"},
		{"trial:1d", "2028-02-28", "2028-02-29"},
		{"trial:365d", "2027-03-01", "2028-02-29"},
		{"until:2027-06-30", "2026-07-01", "2027-06-30"},
		{"until:2026-07-02", "2026-07-01", "2026-07-02"},
		{"perpetual", "2026-07-01", ""},
		{"full:1", "9998-12-31", "9999-12-31"},
	}
	for _, tt := range tests {
		t.Run(tt.term+" from "+tt.start, func(t *testing.T) {
			t.Parallel()
			start := day(t, tt.start)
			p, err := term(t, tt.term).Period(start, start.Day())
			require.NoError(t, err)
			require.Equal(t, start, p.StartsOn)
			require.Equal(t, tt.ends, p.EndsOn.String())
		})
	}
}

func TestPeriodRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		term  Term
		start string
	}{
		{term(t, "until:2026-07-01"), "2026-07-01"},
		{term(t, "until:2026-06-30"), "2026-07-01"},
		{term(t, "full:1"), "9999-01-01"},
		{term(t, "calendar:1"), "9999-06-01"},
		{term(t, "trial:1d"), "9999-12-31"},
		{Term{}, "2026-07-01"},
		{Term{Kind: "weekly", N: 1}, "2026-07-01"},
	} {
		p, err := tt.term.Period(day(t, tt.start), 1)
		require.Equal(t, CodeInvalidTerm, CodeOf(err), "%v", tt.term)
		require.Zero(t, p)
	}
}

func TestPeriodReturnsToItsAnchor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		start string
		ends  []string
	}{
		{"2026-01-31", []string{"2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"}},
		{"2028-01-31", []string{"2028-02-29", "2028-03-31", "2028-04-30"}},
		{"2026-01-30", []string{"2026-02-28", "2026-03-30", "2026-04-30"}},
		{"2028-01-29", []string{"2028-02-29", "2028-03-29"}},
		{"2026-12-31", []string{"2027-01-31", "2027-02-28", "2027-03-31"}},
	} {
		d := day(t, tt.start)
		anchor := d.Day()
		for _, want := range tt.ends {
			p, err := term(t, "monthly:1").Period(d, anchor)
			require.NoError(t, err)
			require.Equal(t, want, p.EndsOn.String(), "from %s", d)
			d = p.EndsOn
		}
	}
}

func TestPeriodEndsAfterItStarts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tm, start := anyTerm(t), anyDate(t, "start")
		p, err := tm.Period(start, rapid.IntRange(1, 31).Draw(t, "anchor"))
		if tm.Kind == TermUntil && !tm.Until.After(start) {
			require.Equal(t, CodeInvalidTerm, CodeOf(err))
			return
		}
		require.NoError(t, err)
		require.Equal(t, start, p.StartsOn)
		require.Equal(t, tm.Kind == TermPerpetual, p.EndsOn.IsZero())
		require.True(t, p.EndsOn.IsZero() || p.EndsOn.After(start))
	})
}

func TestPeriodOfCalendarYears(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start, n := anyDate(t, "start"), rapid.IntRange(1, 3).Draw(t, "years")
		p, err := Term{Kind: TermCalendar, N: n}.Period(start, start.Day())
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("%d-01-01", start.Year()+n), p.EndsOn.String())
	})
}

func TestPeriodOfTwelveMonthsIsAYear(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start, n := anyDate(t, "start"), rapid.IntRange(1, 10).Draw(t, "years")
		months, err := Term{Kind: TermMonthly, N: 12 * n}.Period(start, start.Day())
		require.NoError(t, err)
		years, err := Term{Kind: TermYearly, N: n}.Period(start, start.Day())
		require.NoError(t, err)
		require.Equal(t, years, months)
		if start.Month() != 2 || start.Day() != 29 {
			require.Equal(t, NewDate(start.Year()+n, start.Month(), start.Day()), years.EndsOn)
		} else {
			require.Equal(t, NewDate(start.Year()+n, 3, 1).AddDays(-1), years.EndsOn)
		}
	})
}

func TestPeriodMonthByMonth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start, n := anyDate(t, "start"), rapid.IntRange(1, 120).Draw(t, "months")
		step := start
		for range n {
			p, err := Term{Kind: TermMonthly, N: 1}.Period(step, start.Day())
			require.NoError(t, err)
			step = p.EndsOn
		}
		whole, err := Term{Kind: TermMonthly, N: n}.Period(start, start.Day())
		require.NoError(t, err)
		require.Equal(t, whole.EndsOn, step)
	})
}
