package command

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/output"
)

// BulkRow is a row that a request is made of. It gathers what is wrong with itself.
type BulkRow struct {
	cells   map[string]string
	wrong   []string
	columns map[string]bool // of which something wrong is noted
}

func newBulkRow(header []string, row TableRow, raw bool) *BulkRow {
	cells := make(map[string]string, len(header))
	for i, name := range header {
		cell := row.Cells[i]
		if !raw {
			cell = output.UnguardCell(cell)
		}
		cells[name] = strings.TrimSpace(cell)
	}
	return &BulkRow{cells: cells, columns: make(map[string]bool)}
}

// Text is a cell, "" where there is none.
func (r *BulkRow) Text(column string) string { return r.cells[column] }

// Optional is a cell for a detail that is left as it is where the cell is empty.
func (r *BulkRow) Optional(column string) *string {
	if cell := r.cells[column]; cell != "" {
		return &cell
	}
	return nil
}

// Number is a whole number, 0 where the cell is empty.
func (r *BulkRow) Number(column string) int64 {
	cell := r.cells[column]
	if cell == "" {
		return 0
	}
	n, err := strconv.ParseInt(cell, 10, 64)
	if err != nil {
		r.Refuse(column, "%s is not a whole number: %q", column, cell)
	}
	return n
}

// Bool is true or false, false where the cell is empty.
func (r *BulkRow) Bool(column string) bool {
	switch cell := r.cells[column]; strings.ToLower(cell) {
	case "true":
		return true
	case "", "false":
	default:
		r.Refuse(column, "%s is neither true nor false: %q", column, cell)
	}
	return false
}

// List is a cell with several values, with spaces between them.
func (r *BulkRow) List(column string) []string { return strings.Fields(r.cells[column]) }

// Word is a cell that takes one of a few words, or none.
func (r *BulkRow) Word(column string, words ...string) string {
	cell := r.cells[column]
	if cell == "" || slices.Contains(words, cell) {
		return cell
	}
	r.Refuse(column, "%s is %q, and can be %s%s", column, cell, strings.Join(words, ", "), output.DidYouMean(cell, words))
	return ""
}

// Refuse notes what is wrong with the row: the first of a column, for what is wrong
// with it besides comes of that. It is of no column where that is empty.
func (r *BulkRow) Refuse(column, format string, args ...any) {
	if column != "" && r.columns[column] {
		return
	}
	r.columns[column] = true
	r.wrong = append(r.wrong, fmt.Sprintf(format, args...))
}
