package output_test

import (
	"bytes"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
	yaml3 "go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/output"
)

func TestYAMLKeepsOrderAndDigits(t *testing.T) {
	t.Parallel()
	type record struct {
		Zed     int64          `json:"zed"`
		Ref     string         `json:"ref"`
		Rate    float64        `json:"rate"`
		Company *company       `json:"company"`
		Tags    []string       `json:"tags"`
		Meta    map[string]any `json:"meta"`
		Big     uint64         `json:"big"`
	}
	got := item(t, output.Options{Format: output.YAML}, record{
		Zed: 9007199254740993, Ref: "0123", Rate: 0.19, Tags: []string{}, Big: 18446744073709551615,
	}, nil)
	require.Equal(t, `zed: 9007199254740993
ref: "0123"
rate: 0.19
company: null
tags: []
meta: null
big: 18446744073709551615
`, got)
}

type labelled struct {
	Name string            `json:"name" yaml:"name"`
	Tags []string          `json:"tags" yaml:"tags"`
	Meta map[string]string `json:"meta" yaml:"meta"`
}

// Words that YAML readers take for something else survive two of them.
func TestYAMLHardWords(t *testing.T) {
	t.Parallel()
	words := []string{
		"", " ", "yes", "no", "on", "off", "y", "N", "null", "~", "true", "1e3", "0x10", "1_000", "0o7", "12:30:45", ".inf",
		"2027-01-01", "2027-01-01T00:00:00Z", "- a", "? a", "a: b", "a #b", "#a", "%a", "@a", "`a", "a\nb", "a\n", "\na", "a\r\nb",
		"a\tb", "\ta", "'", "\"", "\\", "=", "<<", "$<<", "---", "...", "!tag", "&a", "*a", "[a", "{a", "|", ">", "\x1b[31m",
		"\u202e", "\u0085", "\u2028A", "\ufeff", "日本", "?", ":", "-", "a:", "007", "+1", "1,5", "a\n  b\nc",
	}
	for _, word := range words {
		want := labelled{Name: word, Tags: words, Meta: map[string]string{"key": word}}
		text := []byte(item(t, output.Options{Format: output.YAML}, want, nil))
		for _, read := range []func([]byte, any) error{
			yaml3.Unmarshal,
			func(b []byte, v any) error { return yaml.Unmarshal(b, v) }, //nolint:gocritic // it takes options, too
		} {
			var got labelled
			require.NoError(t, read(text, &got), "%s", text)
			require.Equal(t, want, got, "%s", text)
		}
	}
}

func TestYAMLRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		want := labelled{
			Name: rapid.String().Draw(rt, "name"),
			Tags: rapid.SliceOfN(rapid.String(), 1, 4).Draw(rt, "tags"),
			Meta: rapid.MapOfN(rapid.String(), rapid.String(), 1, 3).Draw(rt, "meta"),
		}
		var buf bytes.Buffer
		require.NoError(rt, output.New(&buf, output.Options{Format: output.YAML}).Item(want, nil))
		var got labelled
		require.NoError(rt, yaml3.Unmarshal(buf.Bytes(), &got), "%s", buf.String())
		require.Equal(rt, want, got, "%s", buf.String())
	})
}
