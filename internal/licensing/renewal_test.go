package licensing

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCheckRenewable(t *testing.T) {
	t.Parallel()
	today, at := NewDate(2026, 7, 15), someTime()
	base := License{ID: "lic_1", Term: "full:1", EndsOn: today.AddDays(1), ActivatedAt: at, Quantity: 5, CompanyID: "com_1"}
	tests := []struct {
		name    string
		change  func(*License)
		refusal string // "" is none
		hint    string
	}{
		{"active", func(*License) {}, "", ""},
		{"by the month", func(l *License) { l.Term = "monthly:6" }, "", ""},
		{"by calendar years", func(l *License) { l.Term = "calendar:1" }, "", ""},
		{"paused", func(l *License) { l.PausedAt = at }, "", ""},
		{"never activated", func(l *License) { l.ActivatedAt = Time{} }, "not been activated", "activate it first"},
		{"perpetual", func(l *License) { l.Term, l.EndsOn = "perpetual", Date{} }, "perpetual", ""},
		{"trial", func(l *License) { l.Term = "trial:30d" }, "trial", "paid term"},
		{"co-term", func(l *License) { l.Term = "until:2026-07-16" }, "another license", "extend it by a term"},
		{"expired", func(l *License) { l.EndsOn = today }, "ended on 2026-07-15", "extend it first"},
		{"deleted", func(l *License) { l.DeletedAt = at }, "is deleted", "buy a new"},
		{"refunded", func(l *License) { l.RefundedAt = at }, "is refunded", "buy a new"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := base
			tt.change(&l)
			err := l.CheckRenewable(today)
			if tt.refusal == "" {
				require.NoError(t, err)
				return
			}
			var refusal *Error
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, CodeNotRenewable, refusal.Code)
			require.Contains(t, refusal.Detail, tt.refusal)
			require.Contains(t, refusal.Hint, tt.hint)
		})
	}
}

func TestRenewalDue(t *testing.T) {
	t.Parallel()
	today, at := NewDate(2026, 7, 15), someTime()
	base := License{AutoRenew: true, ActivatedAt: at, EndsOn: today.AddDays(1)}
	tests := []struct {
		name   string
		change func(*License)
		want   bool
	}{
		{"on its last day", func(*License) {}, true},
		{"the day before that", func(l *License) { l.EndsOn = today.AddDays(2) }, false},
		{"just over", func(l *License) { l.EndsOn = today }, true},
		{"over for thirteen days", func(l *License) { l.EndsOn = today.AddDays(-13) }, true},
		{"over for fourteen days", func(l *License) { l.EndsOn = today.AddDays(-14) }, false},
		{"failed yesterday", func(l *License) { l.RenewalFailedOn = today.AddDays(-1) }, true},
		{"failed today", func(l *License) { l.RenewalFailedOn = today }, false},
		{"switched off", func(l *License) { l.AutoRenew = false }, false},
		{"paused", func(l *License) { l.PausedAt = at }, false},
		{"refunded", func(l *License) { l.RefundedAt = at }, false},
		{"deleted", func(l *License) { l.DeletedAt = at }, false},
		{"never ends", func(l *License) { l.EndsOn = Date{} }, false},
		{"nobody uses it", func(l *License) { l.ActivatedAt = Time{} }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := base
			tt.change(&l)
			require.Equal(t, tt.want, l.RenewalDue(today))
		})
	}
}

// Once renewed for a term of its own, a license is not due again on that day: it
// cannot be renewed twice. And on its last day there is no gap.
func TestRenewedIsNotDue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		start := NewDate(2024, 1, 1).AddDays(rapid.IntRange(0, 1500).Draw(t, "start"))
		term, err := ParseTerm(rapid.SampledFrom([]string{"monthly:1", "monthly:7", "yearly:1", "full:2", "calendar:1"}).Draw(t, "term"))
		require.NoError(t, err)
		period, err := term.Period(start, start.Day())
		require.NoError(t, err)
		l := License{AutoRenew: true, ActivatedAt: someTime(), Term: term.String(), StartsOn: start, EndsOn: period.EndsOn, AnchorDay: int64(start.Day())}
		late := rapid.IntRange(-1, RenewalDays-1).Draw(t, "days after the end")
		today := l.EndsOn.AddDays(late)
		require.True(t, l.RenewalDue(today))
		next, err := l.Extend(term, today, false)
		require.NoError(t, err)
		if late < 1 {
			require.Equal(t, l.EndsOn, next.Period.StartsOn, "no gap")
		}
		l.EndsOn = next.Period.EndsOn
		if l.EndsOn.After(today.AddDays(1)) { // calendar:1 bought on 30 December ends in two days
			require.False(t, l.RenewalDue(today))
		}
		require.True(t, l.EndsOn.After(today))
	})
}
