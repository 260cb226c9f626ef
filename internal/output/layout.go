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
	// comfortable is the width down to which text is cut before ids are.
	comfortable = 6
)

// layout is the widths of a table's columns, in terminal cells.
type layout struct {
	header []string // nil for none
	cols   []layoutColumn
	limit  int // the row's width; 0 is unlimited
}

type layoutColumn struct {
	width int
	right bool
	// whole columns, ids and numbers, are cut only when all others are.
	whole bool
}

func newLayout(cols []Column, limit int, header bool) *layout {
	l := &layout{cols: make([]layoutColumn, len(cols)), limit: limit}
	for i, c := range cols {
		l.cols[i] = layoutColumn{right: c.Right, whole: c.Right || c.identifies()}
	}
	if header {
		l.header = make([]string, len(cols))
		for i, c := range cols {
			l.header[i] = tableText(c.header())
		}
		l.widen(l.header)
	}
	return l
}

// measure makes the columns as wide as the rows need, and fits the limit.
func (l *layout) measure(rows [][]string) {
	for _, cells := range rows {
		l.widen(cells)
	}
	l.fit()
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
	l.fit()
	return nil
}

func (l *layout) widen(cells []string) {
	for i, cell := range cells {
		l.cols[i].width = max(l.cols[i].width, cellWidth(cell))
	}
}

// fit narrows the widest columns until a row fits the limit: first text, down
// to a width that still says something, then ids and numbers, then all.
func (l *layout) fit() {
	if l.limit <= 0 {
		return
	}
	excess := l.lineWidth(make([]string, len(l.cols))) - l.limit
	text := func(c layoutColumn) bool { return !c.whole }
	all := func(layoutColumn) bool { return true }
	excess = l.narrow(excess, comfortable, text)
	excess = l.narrow(excess, comfortable, all)
	l.narrow(excess, 1, all)
	if l.header != nil {
		l.cut(l.header)
	}
}

// narrow takes excess from the widest of the columns that may give, a cell at
// a time, and returns what is left of it.
func (l *layout) narrow(excess, least int, may func(layoutColumn) bool) int {
	for excess > 0 {
		widest := -1
		for i, c := range l.cols {
			if c.width > least && may(c) && (widest < 0 || c.width >= l.cols[widest].width) {
				widest = i
			}
		}
		if widest < 0 {
			return excess
		}
		l.cols[widest].width--
		excess--
	}
	return excess
}

// cut shortens a row that is wider than the limit: its text first, then its ids
// and numbers. A cell wider than the sample promised stays whole while its row
// fits; nothing is lost for looks.
func (l *layout) cut(cells []string) {
	for _, whole := range []bool{false, true} {
		if l.limit <= 0 || l.lineWidth(cells) <= l.limit {
			return
		}
		for i, c := range l.cols {
			if c.whole == whole {
				cells[i] = truncate(cells[i], c.width)
			}
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

// cellWidth measures as tablewriter does, rune by rune, so that both ways of
// drawing a table agree.
func cellWidth(s string) int {
	if isClean(s) {
		return len(s)
	}
	return twwidth.WidthNoCache(s)
}

// truncate shortens s to width with an ellipsis, never inside a character made
// of several runes.
func truncate(s string, width int) string {
	if cellWidth(s) <= width {
		return s
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
