package licensing

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestExtend(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name         string
		current      string
		ends         string
		anchor       int64
		today        string
		term         string
		fromExpiry   bool
		starts, want string
		wantAnchor   int
	}{
		{"ahead: continues from the end", "full:1", "2026-07-15", 15, "2026-07-01", "full:1", false, "2026-07-15", "2027-07-15", 15},
		{"ahead: the flag changes nothing", "full:1", "2026-07-15", 15, "2026-07-01", "full:1", true, "2026-07-15", "2027-07-15", 15},
		{"expired: from today", "full:1", "2026-07-15", 15, "2026-08-20", "full:1", false, "2026-08-20", "2027-08-20", 20},
		{"expired: from the end if asked", "full:1", "2026-07-15", 15, "2026-08-20", "full:1", true, "2026-07-15", "2027-07-15", 15},
		{"on the day it ends", "full:1", "2026-07-15", 15, "2026-07-15", "full:2", false, "2026-07-15", "2028-07-15", 15},
		{"leap day", "yearly:1", "2028-02-29", 29, "2028-02-01", "yearly:1", false, "2028-02-29", "2029-02-28", 29},
		{"months return to their anchor", "monthly:1", "2026-02-28", 31, "2026-02-10", "monthly:1", false, "2026-02-28", "2026-03-31", 31},
		{"also on the day it ends", "monthly:1", "2026-02-28", 31, "2026-02-28", "monthly:1", false, "2026-02-28", "2026-03-31", 31},
		{"also late, if asked", "monthly:1", "2026-02-28", 31, "2026-03-10", "monthly:1", true, "2026-02-28", "2026-03-31", 31},
		{"a new start is a new anchor", "monthly:1", "2026-02-28", 31, "2026-03-10", "monthly:1", false, "2026-03-10", "2026-04-10", 10},
		{"a month after a co-term is a month", "until:2026-06-30", "2026-06-30", 15, "2026-06-01", "monthly:1", false, "2026-06-30", "2026-07-30", 30},
		{"a month after a trial is a month", "trial:30d", "2026-03-02", 31, "2026-02-20", "monthly:1", false, "2026-03-02", "2026-04-02", 2},
		{"a trial becomes a paid license", "trial:30d", "2026-07-31", 1, "2026-07-15", "full:1", false, "2026-07-31", "2027-07-31", 31},
		{"a trial becomes a calendar license", "trial:30d", "2026-11-21", 22, "2026-11-01", "calendar:1", false, "2026-11-21", "2027-01-01", 21},
		{"to end with another", "full:1", "2026-07-15", 15, "2026-07-01", "until:2026-12-31", false, "2026-07-15", "2026-12-31", 15},
		{"calendar: a further 1 January", "calendar:1", "2027-01-01", 21, "2026-11-30", "calendar:1", false, "2027-01-01", "2028-01-01", 1},
		{"calendar: three further", "calendar:2", "2027-01-01", 21, "2026-11-30", "calendar:3", false, "2027-01-01", "2030-01-01", 1},
		{"calendar: expired", "calendar:1", "2027-01-01", 21, "2027-03-05", "calendar:1", false, "2027-03-05", "2028-01-01", 5},
		{"calendar: expired, from the end", "calendar:1", "2027-01-01", 21, "2027-03-05", "calendar:1", true, "2027-01-01", "2028-01-01", 1},
		{"a full license onto calendar years", "full:1", "2027-07-15", 15, "2027-07-01", "calendar:1", false, "2027-07-15", "2028-01-01", 15},
		{"no anchor kept", "full:1", "2026-07-15", 0, "2026-07-01", "monthly:1", false, "2026-07-15", "2026-08-15", 15},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := License{ID: "lic_1", Term: tt.current, EndsOn: day(t, tt.ends), AnchorDay: tt.anchor}
			x, err := l.Extend(term(t, tt.term), day(t, tt.today), tt.fromExpiry)
			require.NoError(t, err)
			require.Equal(t, term(t, tt.term), x.Term)
			require.Equal(t, tt.starts, x.Period.StartsOn.String())
			require.Equal(t, tt.want, x.Period.EndsOn.String())
			require.Equal(t, tt.wantAnchor, x.Anchor)
		})
	}
}

func TestExtendRefuses(t *testing.T) {
	t.Parallel()
	today, ahead := NewDate(2026, 7, 15), NewDate(2026, 8, 1)
	tests := []struct {
		name       string
		license    License
		term       string
		fromExpiry bool
		want       Code
	}{
		{"perpetual", License{Term: "perpetual"}, "full:1", false, CodeNotExtendable},
		{"refunded", License{Term: "full:1", EndsOn: ahead, RefundedAt: someTime()}, "full:1", false, CodeNotExtendable},
		{"deleted", License{Term: "full:1", EndsOn: ahead, DeletedAt: someTime()}, "full:1", false, CodeNotExtendable},
		{"by a trial", License{Term: "trial:30d", EndsOn: ahead}, "trial:30d", false, CodeTermNotOffered},
		{"to perpetual", License{Term: "full:1", EndsOn: ahead}, "perpetual", false, CodeTermNotOffered},
		{"calendar by full", License{Term: "calendar:1", EndsOn: NewDate(2027, 1, 1)}, "full:1", false, CodeTermNotOffered},
		{"calendar by yearly", License{Term: "calendar:1", EndsOn: NewDate(2027, 1, 1)}, "yearly:1", false, CodeTermNotOffered},
		{"calendar by monthly", License{Term: "calendar:1", EndsOn: NewDate(2027, 1, 1)}, "monthly:1", false, CodeTermNotOffered},
		{"calendar by until", License{Term: "calendar:1", EndsOn: NewDate(2027, 1, 1)}, "until:2027-06-30", false, CodeTermNotOffered},
		{"until its own end", License{Term: "full:1", EndsOn: ahead}, "until:2026-08-01", false, CodeInvalidTerm},
		{"until before its end", License{Term: "full:1", EndsOn: ahead}, "until:2026-07-20", false, CodeInvalidTerm},
		{"late, and over again", License{Term: "monthly:1", EndsOn: NewDate(2026, 5, 1)}, "monthly:1", true, CodeInvalidTerm},
		{"late, to the very day", License{Term: "monthly:1", EndsOn: NewDate(2026, 6, 15)}, "monthly:1", true, CodeInvalidTerm},
		{"past the year 9999", License{Term: "full:1", EndsOn: NewDate(9998, 1, 1)}, "yearly:10", false, CodeInvalidTerm},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x, err := tt.license.Extend(term(t, tt.term), today, tt.fromExpiry)
			require.Equal(t, tt.want, CodeOf(err))
			require.Zero(t, x)
		})
	}
}

func TestExtendNeverShortens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		today := anyDate(t, "today")
		l := License{
			Term:      anyTerm(t).String(),
			EndsOn:    today.AddDays(rapid.IntRange(-400, 400).Draw(t, "days left")),
			AnchorDay: rapid.Int64Range(0, 31).Draw(t, "anchor"),
		}
		tm, late := anyTerm(t), rapid.Bool().Draw(t, "from expiry")
		x, err := l.Extend(tm, today, late)
		if err != nil {
			require.Contains(t, []Code{CodeTermNotOffered, CodeInvalidTerm}, CodeOf(err))
			return
		}
		p := x.Period
		require.True(t, p.EndsOn.After(today))
		require.True(t, p.EndsOn.After(l.EndsOn))
		require.True(t, p.EndsOn.After(p.StartsOn))
		require.False(t, p.StartsOn.Before(l.EndsOn), "no day is sold twice")
		if late || l.EndsOn.After(today) {
			require.Equal(t, l.EndsOn, p.StartsOn)
		}
		if tm.Kind == TermMonthly {
			days := p.StartsOn.DaysUntil(p.EndsOn)
			require.GreaterOrEqual(t, days, 28*tm.N)
			require.LessOrEqual(t, days, 31*tm.N+3, "the anchor adds at most the days that a short month took")
		}
	})
}

func TestExtendMonthByMonth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start, n := anyDate(t, "start"), rapid.IntRange(2, 40).Draw(t, "months")
		monthly := Term{Kind: TermMonthly, N: 1}
		first, err := monthly.Period(start, start.Day())
		require.NoError(t, err)
		l := License{Term: "monthly:1", StartsOn: start, EndsOn: first.EndsOn, AnchorDay: int64(start.Day())}
		for i := range n - 1 {
			today := l.EndsOn.AddDays(-rapid.IntRange(0, 20).Draw(t, "renewed early"))
			x, err := l.Extend(monthly, today, false)
			require.NoError(t, err, i)
			l.EndsOn, l.AnchorDay = x.Period.EndsOn, int64(x.Anchor)
		}
		whole, err := Term{Kind: TermMonthly, N: n}.Period(start, start.Day())
		require.NoError(t, err)
		require.Equal(t, whole.EndsOn, l.EndsOn)
	})
}
