package licensing

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestInterval(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Interval{
		"full:2": PerYear, "yearly:1": PerYear, "calendar:1": PerYear, "until:2027-01-01": PerYear,
		"monthly:3": PerMonth, "perpetual": Once, "trial": Free,
	} {
		require.Equal(t, want, term(t, in).Interval(), in)
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	tests := []struct {
		term, start string
		prorate     bool
		want        Periods
	}{
		{"full:1", "2026-11-21", false, Periods{1, 1}},
		{"full:3", "2026-11-21", true, Periods{3, 1}},
		{"yearly:5", "2026-11-21", true, Periods{5, 1}},
		{"monthly:7", "2026-11-21", true, Periods{7, 1}},
		{"calendar:1", "2026-11-21", false, Periods{1, 1}},
		{"calendar:3", "2026-11-21", false, Periods{3, 1}},
		{"calendar:1", "2026-11-21", true, Periods{2, 12}},
		{"calendar:2", "2026-11-21", true, Periods{14, 12}},
		{"calendar:3", "2026-11-21", true, Periods{26, 12}},
		{"calendar:1", "2026-01-01", true, Periods{12, 12}},
		{"calendar:3", "2026-01-31", true, Periods{36, 12}},
		{"calendar:1", "2026-12-31", true, Periods{1, 12}},
		{"calendar:2", "2026-12-01", true, Periods{13, 12}},
		{"trial:30d", "2026-11-21", true, Periods{0, 1}},
		{"perpetual", "2026-11-21", true, Periods{1, 1}},
		{"until:2026-11-22", "2026-11-21", true, Periods{1, 365}},
		{"until:2027-06-30", "2026-11-21", true, Periods{221, 365}},
		{"until:2027-11-21", "2026-11-21", true, Periods{365, 365}},
		{"until:2028-12-31", "2028-01-01", true, Periods{365, 365}},
		{"until:2029-01-01", "2028-01-01", true, Periods{366, 365}},
		{"until:9999-12-31", "2026-07-01", true, Periods{2_912_261, 365}},
	}
	for _, tt := range tests {
		tm := term(t, tt.term)
		p, err := tm.Period(day(t, tt.start), 1)
		require.NoError(t, err)
		require.Equal(t, tt.want, tm.Periods(p, tt.prorate), "%s from %s", tt.term, tt.start)
	}
}

func TestCheckQuantity(t *testing.T) {
	t.Parallel()
	for _, n := range []int64{1, 2, 999_999, MaxQuantity} {
		require.NoError(t, CheckQuantity(n))
	}
	for _, n := range []int64{0, -1, math.MinInt64, MaxQuantity + 1, 1e12, math.MaxInt64} {
		require.Equal(t, CodeInvalidQuantity, CodeOf(CheckQuantity(n)), "%d", n)
	}
}

func TestLineAmount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		unit, quantity int64
		periods        Periods
		want           int64
	}{
		{"one", 10_000, 1, Periods{1, 1}, 10_000},
		{"seats and years", 999, 3, Periods{2, 1}, 5_994},
		{"free of charge", 0, MaxQuantity, Periods{3, 1}, 0},
		{"trial", 10_000, 5, Periods{0, 1}, 0},
		{"half up", 1, 1, Periods{1, 2}, 1},
		{"half up, even neighbour", 5, 1, Periods{1, 2}, 3},
		{"below half, and a price all the same", 1, 1, Periods{1, 3}, 1},
		{"below half: 3.33", 10, 1, Periods{1, 3}, 3},
		{"a day of a cheap year", 100, 1, Periods{1, 365}, 1},
		{"above half", 1, 1, Periods{2, 3}, 1},
		{"once for the line: 1.5, not 3 × 0.5", 1, 3, Periods{1, 2}, 2},
		{"once for the line: 1665, not 10 × 166.5", 999, 10, Periods{2, 12}, 1_665},
		{"14 months of a year's price: 16325.17", 1_999, 7, Periods{14, 12}, 16_325},
		{"co-term of a day", 36_500, 1, Periods{1, 365}, 100},
		{"co-term of half a year: 49.86", 100, 1, Periods{182, 365}, 50},
		{"co-term a day short of a year: 307779.45", 12_345, 25, Periods{364, 365}, 307_779},
		{"the most", 1 << 53, 1, Periods{1, 1}, 1 << 53},
		{"a huge product of small factors", 1 << 53, 365, Periods{1, 365}, 1 << 53},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := LineAmount(tt.unit, tt.quantity, tt.periods)
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
}

func TestLineAmountTooLarge(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		unit, quantity int64
		periods        Periods
	}{
		{1<<53 + 1, 1, Periods{1, 1}},
		{1 << 53, 1, Periods{13, 12}},
		{1 << 44, MaxQuantity, Periods{120, 1}},
		{math.MaxInt64, 2, Periods{1, 1}},
		{math.MaxInt64, math.MaxInt64, Periods{math.MaxInt64, 1}},
		{math.MinInt64, MaxQuantity, Periods{3, 1}},
		{-1<<53 - 1, 1, Periods{1, 1}},
	} {
		got, err := LineAmount(tt.unit, tt.quantity, tt.periods)
		require.Equal(t, CodeAmountTooLarge, CodeOf(err), "%+v", tt)
		require.Zero(t, got)
	}
}

func TestLineAmountAgainstRationals(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.Int64Range(0, 1<<55).Draw(t, "unit")
		quantity := rapid.Int64Range(1, MaxQuantity).Draw(t, "quantity")
		p := Periods{
			rapid.Int64Range(0, 3_000_000).Draw(t, "num"),
			rapid.SampledFrom([]int64{1, 2, 3, 7, 12, 365}).Draw(t, "den"),
		}
		exact := new(big.Rat).SetFrac64(unit, 1)
		exact.Mul(exact, new(big.Rat).SetFrac64(quantity, 1)).Mul(exact, new(big.Rat).SetFrac64(p.Num, p.Den))
		exact.Add(exact, big.NewRat(1, 2))
		want := new(big.Int).Quo(exact.Num(), exact.Denom())
		if unit > 0 && p.Num > 0 && want.Sign() == 0 {
			want.SetInt64(1)
		}

		got, err := LineAmount(unit, quantity, p)
		if want.Cmp(big.NewInt(maxAmount)) > 0 {
			require.Equal(t, CodeAmountTooLarge, CodeOf(err))
			return
		}
		require.NoError(t, err)
		require.Equal(t, want.Int64(), got)
	})
}

func TestMoreYearsGiveNoDiscount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]TermKind{TermFull, TermYearly, TermMonthly, TermCalendar}).Draw(t, "kind")
		bounds, _ := termCounts(kind)
		n := rapid.IntRange(bounds.low, bounds.high).Draw(t, "n")
		unit := rapid.Int64Range(0, 1e9).Draw(t, "unit")
		quantity := rapid.Int64Range(1, 10_000).Draw(t, "quantity")
		start := anyDate(t, "start")
		amount := func(n int) int64 {
			tm := Term{Kind: kind, N: n}
			p, err := tm.Period(start, start.Day())
			require.NoError(t, err)
			a, err := LineAmount(unit, quantity, tm.Periods(p, false))
			require.NoError(t, err)
			return a
		}
		require.Equal(t, int64(n)*amount(1), amount(n))
	})
}

func TestProratedCalendarYears(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start, n := anyDate(t, "start"), rapid.IntRange(1, 3).Draw(t, "n")
		tm := Term{Kind: TermCalendar, N: n}
		p, err := tm.Period(start, start.Day())
		require.NoError(t, err)
		got := tm.Periods(p, true)
		months := int64(0)
		for d := NewDate(start.Year(), start.Month(), 1); d.Before(p.EndsOn); d = d.AddMonths(1, 1) {
			months++
		}
		require.Equal(t, Periods{months, 12}, got)
	})
}

func BenchmarkLineAmount(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := LineAmount(12_345, 25, Periods{364, 365}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestCreditsFor(t *testing.T) {
	t.Parallel()
	start := NewDate(2026, 11, 21)
	for _, tt := range []struct {
		term string
		want int64
	}{
		{"trial:30d", 0},
		{"perpetual", 7},
		{"full:1", 7},
		{"full:3", 21},
		{"yearly:2", 14},
		{"calendar:1", 7},
		{"calendar:3", 21},
		{"monthly:1", 7},
		{"monthly:12", 7},
		{"monthly:13", 14},
		{"monthly:25", 21},
		{"until:2026-11-22", 7},
		{"until:2027-11-21", 7},
		{"until:2027-11-22", 14},
		{"until:2028-01-01", 14},
		{"until:2028-11-21", 14},
		{"until:2028-11-22", 21},
	} {
		term, err := ParseTerm(tt.term)
		require.NoError(t, err)
		period, err := term.Period(start, start.Day())
		require.NoError(t, err)
		require.Equal(t, tt.want, CreditsFor(term, period, 7), tt.term)
	}
}
