package licensing

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestUpgradeAmount(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, term    string
		from, to      string // what is left
		before, after Worth
		want          int64
	}{
		{"more, for a whole year", "full:1", "2026-11-21", "2027-11-21", Worth{5, 3600}, Worth{8, 3600}, 10_800},
		{"more, for 265 days: 7841.10", "full:1", "2027-03-01", "2027-11-21", Worth{5, 3600}, Worth{8, 3600}, 7_841},
		{"more, for two years", "yearly:2", "2026-11-21", "2028-11-20", Worth{1, 3600}, Worth{2, 3600}, 7_200},
		{"for a leap year", "full:1", "2028-01-01", "2029-01-01", Worth{1, 36_500}, Worth{2, 36_500}, 36_600},
		{"another edition: 6534.25", "full:1", "2027-03-01", "2027-11-21", Worth{5, 3600}, Worth{5, 5400}, 6_534},
		{"both, rounded once: 18295.89", "full:1", "2027-03-01", "2027-11-21", Worth{5, 3600}, Worth{8, 5400}, 18_296},
		{"rounded up: 109.8", "full:1", "2026-11-21", "2027-02-02", Worth{1, 0}, Worth{3, 183}, 110},
		{"to the end of the calendar year", "calendar:1", "2026-11-21", "2027-01-01", Worth{1, 1500}, Worth{2, 1500}, 168},
		{"a month's price twelve times a year", "monthly:6", "2027-03-01", "2027-09-01", Worth{2, 340}, Worth{3, 520}, 5_323},
		{"perpetual: the whole difference", "perpetual", "2027-03-01", "", Worth{2, 11_900}, Worth{3, 18_900}, 32_900},
		{"not below zero", "full:1", "2027-03-01", "2027-11-21", Worth{5, 3600}, Worth{5, 3000}, 0},
		{"more of a cheaper one", "full:1", "2026-11-21", "2027-11-21", Worth{5, 3600}, Worth{8, 2500}, 2_000},
		{"free of charge", "full:1", "2027-03-01", "2027-11-21", Worth{5, 0}, Worth{8, 0}, 0},
		{"the last day of a cheap one costs something", "full:1", "2026-11-21", "2026-11-22", Worth{1, 100}, Worth{2, 100}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			left := Period{StartsOn: day(t, tt.from)}
			if tt.to != "" {
				left.EndsOn = day(t, tt.to)
			}
			got, err := UpgradeAmount(term(t, tt.term).Interval(), left, tt.before, tt.after)
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
	_, err := UpgradeAmount(Once, Period{}, Worth{1, 0}, Worth{MaxQuantity, 1 << 40})
	require.Equal(t, CodeAmountTooLarge, CodeOf(err))
}

// The cost is the exact difference, rounded once, and in two steps the same but for the
// rounding of each.
func TestUpgradeAmountAgainstRationals(t *testing.T) {
	t.Parallel()
	start := NewDate(2026, 11, 21)
	rapid.Check(t, func(t *rapid.T) {
		worth := func(name string) Worth {
			return Worth{rapid.Int64Range(1, 100_000).Draw(t, name+" quantity"), rapid.Int64Range(0, 1_000_000).Draw(t, name+" price")}
		}
		one, two, three := worth("one"), worth("two"), worth("three")
		days := rapid.IntRange(1, 4000).Draw(t, "days")
		left := Period{start, start.AddDays(days)}
		in := rapid.SampledFrom([]Term{{Kind: TermFull, N: 1}, {Kind: TermMonthly, N: 6}, {Kind: TermPerpetual}}).Draw(t, "term")
		periods := map[TermKind]*big.Rat{
			TermFull: big.NewRat(int64(days), 365), TermMonthly: big.NewRat(12*int64(days), 365), TermPerpetual: big.NewRat(1, 1),
		}[in.Kind]
		amount := func(before, after Worth) int64 {
			got, err := UpgradeAmount(in.Interval(), left, before, after)
			require.NoError(t, err)
			return got
		}

		exact := new(big.Rat).SetInt64(two.Quantity*two.Price - one.Quantity*one.Price)
		exact.Mul(exact, periods)
		got := amount(one, two)
		switch {
		case exact.Sign() <= 0:
			require.Zero(t, got)
			return
		case exact.Cmp(big.NewRat(1, 2)) < 0:
			require.EqualValues(t, 1, got)
			return
		}
		off := new(big.Rat).Sub(new(big.Rat).SetInt64(got), exact)
		require.True(t, off.Cmp(big.NewRat(-1, 2)) > 0 && off.Cmp(big.NewRat(1, 2)) <= 0, "%d for %s", got, exact)
		if further := amount(two, three); further > 0 {
			require.InDelta(t, amount(one, three), got+further, 2)
		}
	})
}

func TestUpgradeCredits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		term, from, to string
		want           int64 // for 3 that are added
	}{
		{"yearly:2", "2027-04-01", "2029-03-01", 6},
		{"yearly:2", "2028-03-01", "2029-03-01", 3},
		{"yearly:2", "2028-02-29", "2029-03-01", 6},
		{"full:1", "2027-11-20", "2027-11-21", 3},
		{"calendar:3", "2026-11-21", "2029-01-01", 9},
		{"monthly:18", "2026-11-21", "2028-05-21", 6},
	} {
		require.Equal(t, tt.want, UpgradeCredits(term(t, tt.term), Period{day(t, tt.from), day(t, tt.to)}, 3), "%+v", tt)
	}
	require.EqualValues(t, 3, UpgradeCredits(Term{Kind: TermPerpetual}, Period{StartsOn: day(t, "2026-11-21")}, 3))
}

func TestCheckUpgrade(t *testing.T) {
	t.Parallel()
	today, at := NewDate(2026, 7, 15), someTime()
	base := License{ID: "lic_1", EndsOn: today.AddDays(1), Quantity: 5, Term: "full:1", ProductKind: KindSoftware}
	for name, test := range map[string]struct {
		change func(*License)
		hint   string
	}{
		"running":             {func(*License) {}, ""},
		"in use":              {func(l *License) { l.ActivatedAt, l.CompanyID = at, "com_1" }, ""},
		"perpetual":           {func(l *License) { l.EndsOn, l.Term = Date{}, "perpetual" }, ""},
		"a device for a year": {func(l *License) { l.ProductKind = KindDevice }, ""},
		"a device by serial":  {func(l *License) { l.EndsOn, l.Term, l.ProductKind = Date{}, "perpetual", KindDevice }, "serial numbers"},
		"a trial":             {func(l *License) { l.Term = "trial:30d" }, "extend it by a paid term"},
		"a trial that is over": {func(l *License) {
			l.Term, l.EndsOn = "trial:30d", today
		}, "turn the trial into a paid license"},
		"over":     {func(l *License) { l.EndsOn = today }, "extend it first"},
		"paused":   {func(l *License) { l.PausedAt = at }, "resume it first"},
		"refunded": {func(l *License) { l.RefundedAt = at }, "buy a new license"},
		"deleted":  {func(l *License) { l.DeletedAt = at }, "buy a new license"},
	} {
		l := base
		test.change(&l)
		err := l.CheckUpgrade(today)
		if test.hint == "" {
			require.NoError(t, err, name)
			require.Contains(t, l.AllowedActions(today), ActionUpgrade, name)
			continue
		}
		require.Equal(t, CodeNotUpgradable, CodeOf(err), name)
		var refusal *Error
		require.ErrorAs(t, err, &refusal, name)
		require.Contains(t, refusal.Hint, test.hint, name)
		require.NotContains(t, l.AllowedActions(today), ActionUpgrade, name)
	}
}

func TestCheckChange(t *testing.T) {
	t.Parallel()
	l := License{ID: "lic_1", ProductID: "prd_1", Quantity: 5}
	same, other := Product{ID: "prd_1"}, Product{ID: "prd_2"}
	require.NoError(t, l.CheckChange(same, 6))
	require.NoError(t, l.CheckChange(other, 5))
	require.NoError(t, l.CheckChange(other, MaxQuantity))
	require.Equal(t, CodeNotUpgradable, CodeOf(l.CheckChange(same, 5)))
	require.Equal(t, CodeNotUpgradable, CodeOf(l.CheckChange(other, 4)))
	require.Equal(t, CodeInvalidQuantity, CodeOf(l.CheckChange(same, 0)))
	require.Equal(t, CodeInvalidQuantity, CodeOf(l.CheckChange(same, MaxQuantity+1)))
}

func TestEditions(t *testing.T) {
	t.Parallel()
	standard := Product{ID: "prd_1", SKU: "office", Name: "Office", Metric: "users", Family: "office", Edition: "standard"}
	pro := Product{ID: "prd_2", SKU: "office-pro", Name: "Office Pro", Metric: "users", Family: "office", Edition: "pro"}
	family := []Product{pro, standard}
	got, err := standard.FindEdition("pro", family, family)
	require.NoError(t, err)
	require.Equal(t, pro, got)
	hint := func(err error) string {
		require.Equal(t, CodeNotUpgradable, CodeOf(err))
		var refusal *Error
		require.ErrorAs(t, err, &refusal)
		return refusal.Hint
	}
	_, err = standard.FindEdition("gold", family, family)
	require.Equal(t, "editions beside standard: pro", hint(err))
	_, err = standard.FindEdition("gold", family, []Product{standard})
	require.Contains(t, hint(err), "no other edition that you may sell")
	_, err = Product{SKU: "alone"}.FindEdition("gold", nil, nil)
	require.Contains(t, hint(err), "the quantity alone")

	require.NoError(t, standard.CheckEdition(pro, 4800, 7200))
	require.NoError(t, standard.CheckEdition(pro, 4800, 4800))
	require.Contains(t, hint(pro.CheckEdition(standard, 7200, 4800)), "buy office then")

	term, left := Term{Kind: TermFull, N: 1}, Period{NewDate(2027, 3, 1), NewDate(2027, 11, 21)}
	const period = ", full:1, from 2027-03-01 to before 2027-11-21"
	require.Equal(t, "Upgrade of Office from 5 to 8 users"+period, standard.DescribeUpgrade(standard, 5, 8, term, left))
	require.Equal(t, "Upgrade of Office to Office Pro"+period, standard.DescribeUpgrade(pro, 5, 5, term, left))
	text := standard.DescribeUpgrade(pro, 5, 8, term, left)
	require.Equal(t, "Upgrade of Office to Office Pro from 5 to 8 users"+period, text)
	require.Equal(t, "Upgrade of Office to Office Pro from 5 to 8 users", OrderLine{Description: text, Term: "full:1", StartsOn: left.StartsOn, EndsOn: left.EndsOn}.Subject())
}
