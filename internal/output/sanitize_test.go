package output_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/output"
)

func TestSanitize(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain", "Acme & Söhne", "Acme & Söhne"},
		{"color", "\x1b[31mred\x1b[0m", `\u001b[31mred\u001b[0m`},
		{"title", "\x1b]0;x\x07", `\u001b]0;x\u0007`},
		{"C1 introducer", "\u009b31m", `\u009b31m`},
		{"DEL, NUL and backspace", "\x7f\x00\b", `\u007f\u0000\u0008`},
		{"line ends and tabs", "a\r\nb\tc", `a\r\nb\tc`},
		{"bidi override", "a\u202egpj.exe", `a\u202egpj.exe`},
		{"bidi embeddings and isolates", "\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069", `\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069`},
		{"raw C1 byte", "a\x9bb", "a\uFFFDb"},
		{"kept", "👩‍👩‍👧 日本 العربية é 🇩🇪", "👩‍👩‍👧 日本 العربية é 🇩🇪"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, output.Sanitize(tt.in))
		})
	}
}

func TestSanitizeProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(rt, "bytes")) + rapid.String().Draw(rt, "text")
		clean := output.Sanitize(s)
		require.True(rt, utf8.ValidString(clean))
		require.Equal(rt, clean, output.Sanitize(clean))
		require.False(rt, strings.ContainsFunc(clean, func(r rune) bool {
			return r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
		}))
	})
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, terminal := range []bool{true, false} {
		var buf bytes.Buffer
		p := output.New(&buf, output.Options{Terminal: terminal, Color: true})
		require.NoError(t, p.Text("Logged in as %s", "a\x1b[2J"))
		require.NoError(t, p.Text("one\ntwo\t%d\n", 3))
		want := "Logged in as a\x1b[2J\none\ntwo\t3\n"
		if terminal {
			want = strings.ReplaceAll(want, "\x1b", `\u001b`)
		}
		require.Equal(t, want, buf.String())
	}
}
