package output

import (
	"math"
	"slices"
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
	// easyText is the width that text keeps while there are columns to spare.
	easyText = 16
	// easyWrap is that of text which goes on below itself.
	easyWrap = 40
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
	at     int // its place in a record's cells
	width  int
	full   int // the width that the rows need
	header int // the width of its heading
	right  bool
	whole  bool // never cut
	spare  bool
	wrap   bool
	filled bool // there is a row with something in it
}

func newLayout(cols []Column, limit int, header bool) *layout {
	l := &layout{cols: make([]layoutColumn, len(cols)), limit: limit}
	for i, c := range cols {
		l.cols[i] = layoutColumn{at: i, right: c.Right, whole: c.whole(), spare: c.Spare, wrap: c.Wrap}
	}
	if header {
		l.header = make([]string, len(cols))
		for i, c := range cols {
			l.header[i] = tableText(c.header())
			l.cols[i].header = cellWidth(l.header[i])
			l.cols[i].full = l.cols[i].header
		}
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
		l.cols[i].full = max(l.cols[i].full, width)
		l.cols[i].filled = l.cols[i].filled || cell != ""
		l.joined = l.joined || !isClean(cell) && width != twwidth.WidthNoCache(cell)
	}
}

// fit narrows text and leaves out what can be spared until a row fits the limit. It
// reports false when even the least of the others does not.
func (l *layout) fit() bool {
	const uncut = math.MaxInt
	for !l.narrow(uncut, uncut) {
		if !l.leaveOut(func(c layoutColumn) bool { return c.spare && !c.filled }) {
			break
		}
	}
	for !l.narrow(easyText, easyWrap) {
		if !l.leaveOut(func(c layoutColumn) bool { return c.spare }) {
			return l.narrow(leastText, leastText)
		}
	}
	return true
}

// narrow narrows the widest of the text columns, a cell at a time, until a row fits the
// limit, none of them below the least for what is cut, or wrapped.
func (l *layout) narrow(cut, wrapped int) bool {
	for i := range l.cols {
		l.cols[i].width = l.cols[i].full
	}
	if l.limit <= 0 {
		return true
	}
	excess := l.lineWidth(make([]string, len(l.cols))) - l.limit
	for ; excess > 0; excess-- {
		widest := -1
		for i, c := range l.cols {
			least := max(cut, c.header)
			if c.wrap {
				least = max(wrapped, c.header)
			}
			if !c.whole && c.width > least && (widest < 0 || c.width >= l.cols[widest].width) {
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

// leaveOut leaves out the last column of those that may be.
func (l *layout) leaveOut(may func(layoutColumn) bool) bool {
	out := -1
	for i, c := range l.cols {
		if may(c) {
			out = i
		}
	}
	if out < 0 {
		return false
	}
	l.cols = slices.Delete(l.cols, out, out+1)
	if l.header != nil {
		l.header = slices.Delete(l.header, out, out+1)
	}
	return true
}

// lines are a record's cells as they stand in the table: without the columns that are
// left out, with text cut or on further lines where the row is wider than the limit.
// Where a sample promised less than the row's ids and numbers need, the row stays too
// wide.
func (l *layout) lines(record []string) [][]string {
	first := make([]string, len(l.cols))
	for i, c := range l.cols {
		first[i] = record[c.at]
	}
	lines := [][]string{first}
	if l.limit <= 0 || l.lineWidth(first) <= l.limit {
		return lines
	}
	for i, c := range l.cols {
		switch {
		case c.whole:
		case c.wrap:
			for k, text := range wrap(first[i], c.width) {
				if k == len(lines) {
					lines = append(lines, make([]string, len(l.cols)))
				}
				lines[k][i] = text
			}
		default:
			first[i] = truncate(first[i], c.width)
		}
	}
	return lines
}

// wrap breaks text into lines of a width, between words where they are not longer than
// that. What is read from right to left stays whole.
func wrap(text string, width int) []string {
	if _, is := isolated(text); is || cellWidth(text) <= width {
		return []string{text}
	}
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case cellWidth(line)+1+cellWidth(word) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
		for cellWidth(line) > width {
			head := strings.TrimSuffix(truncate(line+ellipsis, width+1), ellipsis)
			if head == "" {
				break
			}
			lines, line = append(lines, head), line[len(head):]
		}
	}
	return append(lines, line)
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
