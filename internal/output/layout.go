package output

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/tidwall/gjson"
)

const (
	gap      = "  " // between columns
	ellipsis = "…"
	// sampleRows is how many rows decide the widths of a long table.
	sampleRows = 1000
	// leastText is the width that text keeps when it is cut.
	leastText = 8
)

// layout is the widths of a table's columns, in terminal cells.
type layout struct {
	header []string // nil for none
	cols   []layoutColumn
	limit  int // the row's width; 0 is unlimited
	// joined says that there are characters made of several, such as flags and families,
	// which tablewriter measures one by one.
	joined bool
}

type layoutColumn struct {
	width int
	least int // below it the column is not narrowed
	right bool
	whole bool // never cut
}

func newLayout(cols []Column, limit int, header bool) *layout {
	l := &layout{cols: make([]layoutColumn, len(cols)), limit: limit}
	for i, c := range cols {
		l.cols[i] = layoutColumn{least: leastText, right: c.Right, whole: c.whole()}
	}
	if header {
		l.header = make([]string, len(cols))
		for i, c := range cols {
			l.header[i] = tableText(c.header())
			l.cols[i].least = max(leastText, cellWidth(l.header[i]))
		}
		l.widen(l.header)
	}
	return l
}

// measure makes the columns as wide as the rows need.
func (l *layout) measure(rows [][]string) {
	for _, cells := range rows {
		l.widen(cells)
	}
}

// sample is measure on rows spread evenly over the records.
func (l *layout) sample(recs *records, cols []Column, sel *selection) error {
	cells := make([]string, len(cols))
	values := make([]gjson.Result, sel.count)
	whole := formats(cols)
	for k := range sampleRows {
		i := k * recs.count / sampleRows
		err := recs.read(i, sel, values, func(object gjson.Result, values []gjson.Result) error {
			fillCells(cells, cols, whole, object, values)
			l.widen(cells)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *layout) widen(cells []string) {
	for i, cell := range cells {
		width := cellWidth(cell)
		l.cols[i].width = max(l.cols[i].width, width)
		l.joined = l.joined || !isClean(cell) && width != twwidth.WidthNoCache(cell)
	}
}

// fit narrows the widest of the text columns, a cell at a time, until a row fits
// the limit. It reports false when even the least of them does not.
func (l *layout) fit() bool {
	if l.limit <= 0 {
		return true
	}
	excess := l.lineWidth(make([]string, len(l.cols))) - l.limit
	for ; excess > 0; excess-- {
		widest := -1
		for i, c := range l.cols {
			if !c.whole && c.width > c.least && (widest < 0 || c.width >= l.cols[widest].width) {
				widest = i
			}
		}
		if widest < 0 {
			return false
		}
		l.cols[widest].width--
	}
	return true
}

// cut shortens the text of a row that is wider than the limit. Where a sample
// promised less than the row's ids and numbers need, the row stays too wide.
func (l *layout) cut(cells []string) {
	if l.limit <= 0 || l.lineWidth(cells) <= l.limit {
		return
	}
	for i, c := range l.cols {
		if !c.whole {
			cells[i] = truncate(cells[i], c.width)
		}
	}
}

func (l *layout) lineWidth(cells []string) int {
	width := (len(cells) - 1) * len(gap)
	for i, cell := range cells {
		width += max(l.cols[i].width, cellWidth(cell))
	}
	return width
}

// appendLine appends the aligned cells, without space behind the last.
func (l *layout) appendLine(line []byte, cells []string) []byte {
	spaces := 0
	for i, cell := range cells {
		pad := max(0, l.cols[i].width-cellWidth(cell))
		if l.cols[i].right {
			spaces, pad = spaces+pad, 0
		}
		if cell != "" {
			for range spaces {
				line = append(line, ' ')
			}
			line = append(line, cell...)
			spaces = 0
		}
		spaces += pad + len(gap)
	}
	return line
}

// cellWidth is how many columns of a terminal text takes: two for East Asian wide
// characters and emoji, none for marks and what is invisible.
func cellWidth(s string) int {
	if isClean(s) {
		return len(s)
	}
	return displaywidth.String(s)
}

// truncate shortens s to width with an ellipsis, never inside a character made
// of several runes.
func truncate(s string, width int) string {
	if cellWidth(s) <= width {
		return s
	}
	if inner, ok := isolated(s); ok {
		return firstStrongIsolate + truncate(inner, width) + popIsolate
	}
	var b strings.Builder
	room := width - cellWidth(ellipsis)
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		room -= cellWidth(g.Value())
		if room < 0 {
			break
		}
		b.WriteString(g.Value())
	}
	return b.String() + ellipsis
}
