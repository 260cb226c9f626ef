package command

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/output"
)

// readBulk reads the rows of --from: CSV with a header, or a list of what is changed,
// one a line. Flags fill what the rows leave empty, and are columns from then on, so
// that the rows say everything themselves.
func readBulk(f *Factory, cmd *cobra.Command, columns []BulkColumn, flags *BulkFlags) (Table, error) {
	in, name, err := f.openTable("from", flags.From)
	if err != nil {
		return Table{}, err
	}
	defer func() { _ = in.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(in, maxTable+1))
	if err != nil {
		return Table{}, readFailed(name, err)
	}
	table, err := parseBulk(text, name, columns)
	if err != nil {
		return table, err
	}
	return fill(table, given(cmd, columns)), nil
}

// readFailed keeps the end of the context, which is no mistake in the command line.
func readFailed(name string, err error) error {
	if path := reason(err); path != err { //nolint:errorlint // whether it was unwrapped
		return Usage("%s: %s", name, path)
	}
	return fmt.Errorf("read %s: %w", name, err)
}

func parseBulk(text []byte, name string, columns []BulkColumn) (Table, error) {
	if subject := subjectOf(columns); subject != "" {
		first, _, _ := strings.Cut(strings.TrimPrefix(string(text), "\ufeff"), "\n")
		first = strings.TrimSpace(first)
		plain := first != "" && !strings.ContainsAny(first, ",;\t\"") && !slices.Contains(append(columnNames(columns), "id"), first)
		if plain && output.DidYouMean(first, columnNames(columns)) == "" {
			return listTable(text, name, subject), nil
		}
	}
	table, err := ReadTable(bytes.NewReader(text), name)
	if err != nil {
		return table, err
	}
	return table, knownColumns(&table, columns)
}

// listTable makes a table of a list.
func listTable(text []byte, name, subject string) Table {
	table := Table{Name: name, Header: []string{subject}}
	line := 0
	for row := range strings.SplitSeq(strings.TrimPrefix(string(text), "\ufeff"), "\n") {
		line++
		if row = strings.TrimSpace(row); row != "" {
			table.Rows = append(table.Rows, TableRow{line, []string{row}})
		}
	}
	return table
}

// knownColumns refuses columns that a verb has not. Those that results are written to
// are passed over, so that what failed can be run again.
func knownColumns(t *Table, columns []BulkColumn) error {
	names := columnNames(columns)
	if subject := subjectOf(columns); subject != "" && !slices.Contains(t.Header, subject) {
		if i := slices.Index(t.Header, "id"); i >= 0 { // as it is called in exports
			t.Header[i] = subject
		}
	}
	var kept []int
	for i, column := range t.Header {
		switch {
		case strings.HasPrefix(column, resultMark):
			// what became of the row before
		case slices.Contains(names, column):
			kept = append(kept, i)
		default:
			return Usage("%s has a column %q, which is not known here%s; columns: %s", t.Name, column, output.DidYouMean(column, names), strings.Join(names, ", "))
		}
	}
	t.Header = pick(t.Header, kept)
	for r := range t.Rows {
		t.Rows[r].Cells = pick(t.Rows[r].Cells, kept)
	}
	return nil
}

func pick(cells []string, kept []int) []string {
	picked := make([]string, len(kept))
	for i, at := range kept {
		picked[i] = cells[at]
	}
	return picked
}

// fill puts the flags where the rows say nothing.
func fill(t Table, values map[string]string) Table {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		at := slices.Index(t.Header, name)
		if at < 0 {
			t.Header = append(slices.Clip(t.Header), name)
		}
		for i := range t.Rows {
			cells := &t.Rows[i].Cells
			if at < 0 {
				*cells = append(slices.Clip(*cells), values[name])
			} else if strings.TrimSpace((*cells)[at]) == "" {
				(*cells)[at] = values[name]
			}
		}
	}
	return t
}

// items makes the request of every row. It tells of all rows that cannot be
// understood at once.
func (b Bulk[I, O]) items(t Table, raw bool) ([]BulkItem[I], error) {
	items := make([]BulkItem[I], len(t.Rows))
	lines := make(map[string]int)
	subject := subjectOf(b.Columns)
	var wrong []wrongRow
	for i, cells := range t.Rows {
		row := newBulkRow(t.Header, cells, raw)
		for _, c := range b.Columns {
			if c.Needed && row.Text(c.Name) == "" {
				row.Refuse(c.Name, "%s is needed", c.Name)
			}
		}
		items[i] = BulkItem[I]{Line: cells.Line, Cells: cells.Cells, Input: b.Input(row)}
		if ref := strings.ToLower(row.Text(subject)); ref != "" {
			if before, twice := lines[ref]; twice {
				row.Refuse(subject, "the same as line %d", before)
			}
			lines[ref] = cells.Line
		}
		if len(row.wrong) > 0 {
			wrong = append(wrong, wrongRow{cells.Line, strings.Join(row.wrong, "; ")})
		}
	}
	if len(wrong) > 0 {
		return nil, Usage("%s", listWrong(fmt.Sprintf("%s: %d of %d rows cannot be read, and nothing was sent", t.Name, len(wrong), len(items)), wrong))
	}
	return items, nil
}

// wrongRow is what is wrong with a row.
type wrongRow struct {
	line int
	text string
}

func listWrong(what string, rows []wrongRow) string {
	const shown = 20
	var text strings.Builder
	text.WriteString(what)
	for i, row := range rows {
		if i == shown {
			fmt.Fprintf(&text, "\n  and %d more", len(rows)-shown)
			break
		}
		fmt.Fprintf(&text, "\n  line %d: %s", row.line, row.text)
	}
	return text.String()
}
