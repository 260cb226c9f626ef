package client

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// However a CSV is cut into pieces, its rows are those that a CSV reader finds.
func TestRowCounterIsThatOfACSVReader(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := &strings.Builder{}
		writer := csv.NewWriter(text)
		writer.UseCRLF = rapid.Bool().Draw(t, "crlf")
		cell := rapid.StringMatching(`[a",\n#é ]{0,40}`)
		rows := rapid.IntRange(0, 8).Draw(t, "rows")
		for range rows + 1 {
			require.NoError(t, writer.Write([]string{"x", cell.Draw(t, "cell"), cell.Draw(t, "cell")}))
		}
		writer.Flush()

		counter := rowCounter{csv: true}
		for rest := text.String(); rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			counter.add([]byte(rest[:n]))
			rest = rest[n:]
		}
		require.Equal(t, int64(rows), counter.rows())
		require.False(t, counter.quoted)
	})
}

func TestRowCounterNDJSON(t *testing.T) {
	t.Parallel()
	counter := rowCounter{}
	counter.add([]byte(`{"a":"\""}` + "\n" + `{"b":`))
	counter.add([]byte("1}\n"))
	require.Equal(t, int64(2), counter.rows())
}
