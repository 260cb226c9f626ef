package output_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/output"
)

func TestGuardCell(t *testing.T) {
	t.Parallel()
	guarded := regexp.MustCompile(`^'*[=+\-@\t\r]`)
	cell := rapid.OneOf(rapid.String(), rapid.StringMatching(`'{0,3}[=+\-@\t\r]?'{0,2}[a-z=]{0,3}`))
	rapid.Check(t, func(rt *rapid.T) {
		s := cell.Draw(rt, "cell")
		g := output.GuardCell(s)
		if guarded.MatchString(s) {
			require.Equal(rt, "'"+s, g)
		} else {
			require.Equal(rt, s, g)
		}
		require.Equal(rt, s, output.UnguardCell(g))
		require.NotRegexp(rt, `^[=+\-@\t\r]`, g)
	})
	// Cells that GuardCell never writes are left alone.
	for _, s := range []string{"", "'", "'a", "=1", "''"} {
		require.Equal(t, s, output.UnguardCell(s))
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	type row struct {
		Name   string   `json:"name"`
		Amount int64    `json:"amount"`
		Rate   float64  `json:"rate"`
		Tags   []string `json:"tags"`
	}
	off := false
	rows := []row{{Name: `=HYPERLINK("x"),`, Amount: -5, Rate: -0.5, Tags: []string{"a", "b"}}, {Name: "two\nlines", Amount: 1}}
	require.Equal(t, "name,amount,rate,tags\n\"'=HYPERLINK(\"\"x\"\"),\",-5,-0.5,\"[\"\"a\"\",\"\"b\"\"]\"\n\"two\nlines\",1,0,\n",
		list(t, output.Options{Format: output.CSV}, rows, nil))
	require.Equal(t, "1,-0.5\n", item(t, output.Options{Format: output.CSV, Columns: []string{"amount", "rate"}, Header: &off},
		row{Amount: 1, Rate: -0.5}, nil))
	require.Equal(t, "name\n\"\"\n", item(t, output.Options{Format: output.CSV, Columns: []string{"name"}}, row{}, nil))
}

func TestTSV(t *testing.T) {
	t.Parallel()
	rows := []company{{ID: "=1", Name: "a\tb\\c\r\nd\x1b"}}
	const line = `=1` + "\t" + `a\tb\\c\r\nd`
	on, off := true, false
	require.Equal(t, line+"\x1b\n", list(t, output.Options{}, rows, nil))
	require.Equal(t, "id\tname\n"+line+"\x1b\n", list(t, output.Options{Header: &on}, rows, nil))
	require.Equal(t, "id\tname\n"+line+"\x1b\n", list(t, output.Options{Format: output.TSV}, rows, nil))
	require.Equal(t, line+`\u001b`+"\n", list(t, output.Options{Format: output.TSV, Terminal: true, Header: &off}, rows, nil))
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	rows := []company{{ID: "com_1", Name: "a|b\\|c\nd"}}
	require.Equal(t, "| NAME | ID |\n| --- | --- |\n| a\\|b\\\\\\|c d | com_1 |\n",
		list(t, output.Options{Format: output.Markdown, Columns: []string{"name", "id"}}, rows, nil))
}
