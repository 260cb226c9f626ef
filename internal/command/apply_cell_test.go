package command

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSameForm(t *testing.T) {
	t.Parallel()
	for _, same := range [][2]string{
		{"2026-11-21", "2026-11-21"},
		{"2026-11-21", "21.11.2026"},
		{"2026-11-21", "11/21/26"},
		{"2026-11-21", "21/11/2026"},
		{"2026-11-21", "2026/11/21"},
		{"2026-11-21", "20261121"},
		{"2026-11-21", "21 Nov 2026"},
		{"2026-11-21", "21. November 2026"},
		{"2026-11-21", "21-nov-26"},
		{"2026-11-01", "1.11.2026"},
		{"2026-11-21", "2026-11-21 00:00:00"},
		{"2026-12-02", "2/12/26"},
		{"2026-11-21T12:00:00Z", "21.11.2026 12:00"},
		{"2026-11-21T12:00:00Z", "2026-11-21 12:00:00"},
		{"true", "TRUE"},
		{"false", "FALSCH"},
		{"true", "Vrai"},
		{"", ""},
		{"", "  "},
		{"1200", "1200"},
		{"1200", "1,200"},
		{"1200", "1.200,00"},
		{"1200", "1 200"},
		{"1200", "1\u00a0200.0"},
		{"0", "0,00"},
		{"plain", " plain "},
	} {
		require.True(t, sameForm(same[0], same[1]), "%q as %q", same[0], same[1])
	}
	for _, other := range [][2]string{
		{"2026-11-21", "2026-11-22"},
		{"2026-11-21", "21.11.2027"},
		{"2026-11-21", "22 Nov 2026"},
		{"2026-11-21", "46347"},
		{"2026-11-21", "never"},
		{"2026-11-21", "21.12.2026"},
		{"2026-11-21", ""},
		{"", "2026-11-21"},
		{"true", "false"},
		{"true", "1,0"},
		{"false", ""},
		{"1200", "12"},
		{"1200", "1200.50"},
		{"5", "7"},
		{"signage", "office-suite"},
		{"10", "010x"},
	} {
		require.False(t, sameForm(other[0], other[1]), "%q as %q", other[0], other[1])
	}
}

func TestMangled(t *testing.T) {
	t.Parallel()
	for _, spoilt := range [][2]string{
		{"01067", "1067"}, {"+4930123456", "4930123456"}, {"+4930123456789", "4.93012E+12"}, {"4930123456789", "4,93012E+12"}, {"00", ""},
	} {
		if spoilt[1] == "" {
			require.Empty(t, mangled(spoilt[0], spoilt[1]), "removed, not spoilt")
			continue
		}
		require.NotEmpty(t, mangled(spoilt[0], spoilt[1]), "%q to %q", spoilt[0], spoilt[1])
	}
	for _, edited := range [][2]string{{"01067", "01069"}, {"01067", "1069"}, {"", "1067"}, {"1067", "01067"}, {"+49 30 1", "+49 30 2"}, {"text", "1.5E+3"}} {
		require.Empty(t, mangled(edited[0], edited[1]), "%q to %q", edited[0], edited[1])
	}
}

func TestSeparator(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]rune{"id,a;b\n": ',', "id;name\n1,2;3": ';', "id\tname\n": '\t', "id\n1;2\n": ',', "": ','} {
		require.Equal(t, string(want), string(separator([]byte(text))), "%q", text)
	}
}
