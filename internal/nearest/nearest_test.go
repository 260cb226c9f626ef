package nearest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/nearest"
)

func TestWords(t *testing.T) {
	t.Parallel()
	skus := []string{"care-support", "mdm-device", "office-pro", "office-suite", "signage"}
	for word, want := range map[string][]string{
		"signage":     {"signage"},
		"sinage":      {"signage"},
		"SIGANGE":     {"signage"},
		"office":      {"office-pro", "office-suite"},
		"ofice-suite": {"office-suite"},
		"support":     {"care-support"},
		"mdm":         {"mdm-device"},
		"toaster":     {},
		"":            {},
		"s":           {},
	} {
		require.Equal(t, want, nearest.Words(word, skus, 3), word)
	}
	require.Empty(t, nearest.Words("office", skus, 1), "which of the two?")
	require.Equal(t, []string{"a.example"}, nearest.Words("a.exmaple", []string{"b.example", "a.example"}, 3), "the other is further")
	require.Equal(t, []string{"signage"}, nearest.Words("sinage", []string{"signage", "signage"}, 1))
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		word, meant string
		slips       int
		near        bool
	}{
		{"list", "list", 0, true},
		{"lsit", "list", 1, true},
		{"licence", "license", 1, true},
		{"lst", "list", 1, true},
		{"ex", "extend", 1, true},
		{"ab", "cd", 2, false},
		{"a", "a", 0, true},
		{"refund", "resume", 3, false},
		{"buy", "key", 2, false},
		{"x", "y", 1, false},
		{"Школа №1", "Школа №2", 1, true},
		{"школа", "лицей", 5, false},
		{"a-very-long-reference", "a-very-long-tolerance", 4, false},
	} {
		slips, near := nearest.Distance(test.word, test.meant)
		require.Equal(t, test.slips, slips, test.word)
		require.Equal(t, test.near, near, test.word)
	}
}
