package service

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

func TestMeantTerm(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"full3":       "full:3",
		"full-2":      "full:2",
		"full":        "full:1",
		"2years":      "yearly:2",
		"2 year":      "yearly:2",
		"1y":          "yearly:1",
		"annual":      "yearly:1",
		"12months":    "monthly:12",
		"6m":          "monthly:6",
		"month":       "monthly:1",
		"calender:2":  "calendar:2",
		"trail":       "trial:30d",
		"trial14":     "trial:14d",
		"30d":         "trial:30d",
		"forever":     "perpetual",
		"perpetual:2": "perpetual",
		"2027-06-30":  "until:2027-06-30",
		"full:4":      "", // a term of the right form, and refused as such
		"gibberish":   "",
		"":            "",
	} {
		require.Equal(t, want, meantTerm(text), text)
		if want != "" {
			_, err := licensing.ParseTerm(want)
			require.NoError(t, err)
		}
	}
	_, err := parseTerm("FULL3", licensing.ParseTerm)
	var refusal *licensing.Error
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, licensing.CodeInvalidTerm, refusal.Code)
	require.Regexp(t, `^did you mean full:3\? terms: trial`, refusal.Hint)
}
