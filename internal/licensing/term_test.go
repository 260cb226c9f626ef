package licensing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func term(t require.TestingT, s string) Term {
	parsed, err := ParseTerm(s)
	require.NoError(t, err, s)
	return parsed
}

// anyTerm draws one that ParseTerm can give.
func anyTerm(t *rapid.T) Term {
	kind := rapid.SampledFrom(TermKinds()).Draw(t, "kind")
	switch kind {
	case TermPerpetual:
		return Term{Kind: kind}
	case TermUntil:
		return Term{Kind: kind, Until: anyDate(t, "until")}
	case TermFull, TermYearly, TermMonthly, TermCalendar, TermTrial:
	}
	bounds, _ := termCounts(kind)
	return Term{Kind: kind, N: rapid.IntRange(bounds.low, bounds.high).Draw(t, "n")}
}

func TestParseTerm(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   string
		want Term
	}{
		{"full:1", Term{Kind: TermFull, N: 1}},
		{"full:3", Term{Kind: TermFull, N: 3}},
		{"calendar:1", Term{Kind: TermCalendar, N: 1}},
		{"calendar:3", Term{Kind: TermCalendar, N: 3}},
		{"yearly:10", Term{Kind: TermYearly, N: 10}},
		{"monthly:120", Term{Kind: TermMonthly, N: 120}},
		{"trial", Term{Kind: TermTrial, N: DefaultTrialDays}},
		{"trial:14", Term{Kind: TermTrial, N: 14}},
		{"trial:1d", Term{Kind: TermTrial, N: 1}},
		{"trial:365d", Term{Kind: TermTrial, N: 365}},
		{"until:2027-06-30", Term{Kind: TermUntil, Until: NewDate(2027, 6, 30)}},
		{"perpetual", Term{Kind: TermPerpetual}},
		{" Full:2 ", Term{Kind: TermFull, N: 2}},
		{"TRIAL:30D", Term{Kind: TermTrial, N: 30}},
	}
	for _, tt := range tests {
		got, err := ParseTerm(tt.in)
		require.NoError(t, err, tt.in)
		require.Equal(t, tt.want, got, tt.in)
	}
}

func TestParseTermRefuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", ":", ":1", "full", "full:", "full:0", "full:4", "full:-1", "full:1.5", "full:1d", "full:one", "full:1:1", "full: 1",
		"full:99999999999999999999", "full:1-3", "calendar", "calendar:0", "calendar:4", "yearly:0", "yearly:11", "monthly:0",
		"monthly:121", "trial:", "trial:d", "trial:0d", "trial:366d", "trial:30dd", "trial:-1d", "until", "until:", "until:2027",
		"until:2027-02-29", "until:1969-12-31", "until:10000-01-01", "perpetual:", "perpetual:1", "annual:1", "full;1",
		"\x1b[31mfull:1", "full:\u0661",
	} {
		got, err := ParseTerm(s)
		require.Equal(t, CodeInvalidTerm, CodeOf(err), "%q", s)
		require.Zero(t, got, "%q", s)
	}
}

func TestParseTermRepeatsNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"s3cret", "full:s3cret", "until:s3cret", "perpetual:s3cret", "trial:s3cret"} {
		_, err := ParseTerm(s)
		e := new(Error)
		require.ErrorAs(t, err, &e)
		require.NotEmpty(t, e.Hint)
		require.NotContains(t, fmt.Sprintf("%+v", *e), "s3cret")
	}
}

func TestTermRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := anyTerm(t)
		s := want.String()
		require.Equal(t, want, term(t, s))
		require.Equal(t, want, term(t, " "+strings.ToUpper(s)+"\t"))
		require.LessOrEqual(t, len(s), 30)
	})
}

func TestParseTermNeverPanics(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(append(TermKinds(), "")).Draw(t, "kind")
		got, err := ParseTerm(string(kind) + rapid.String().Draw(t, "rest"))
		if err != nil {
			require.Equal(t, CodeInvalidTerm, CodeOf(err))
			return
		}
		require.Equal(t, got, term(t, got.String()))
	})
}
