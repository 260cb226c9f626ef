package output

import (
	"bytes"
	"slices"
	"strings"
)

// detail writes one record as "Label: value" lines, the values aligned unless a
// screen reader would have to read the spaces. Empty values are left out.
func (p *Printer) detail(buf *bytes.Buffer, recs *records, cols []Column, sel *selection) error {
	widest := 0
	if !p.o.Accessible {
		for _, c := range cols {
			widest = max(widest, cellWidth(tableText(c.label())))
		}
	}
	return eachLine(recs, cols, sel, func(cells []string) error {
		p.labelledLines(buf, cols, cells, widest)
		return nil
	})
}

// labelled writes the records one fact a line, for a screen reader or a narrow
// terminal, with a blank line between them.
func (p *Printer) labelled(buf *bytes.Buffer, recs *records, cols []Column, sel *selection) error {
	first := true
	return eachLine(recs, cols, sel, func(cells []string) error {
		if !first {
			buf.WriteByte('\n')
		}
		first = false
		p.labelledLines(buf, cols, cells, 0)
		return nil
	})
}

func (p *Printer) labelledLines(buf *bytes.Buffer, cols []Column, cells []string, widest int) {
	for i, c := range cols {
		if cells[i] == "" {
			continue
		}
		label := tableText(c.label())
		buf.WriteString(p.emphasize(label + ":"))
		buf.WriteString(strings.Repeat(" ", 1+max(0, widest-cellWidth(label))))
		for k, line := range p.beside(c, cells[i], widest) {
			if k > 0 {
				buf.WriteString(strings.Repeat(" ", widest+len(gap)))
			}
			buf.WriteString(line)
			buf.WriteByte('\n')
		}
	}
}

// beside breaks a long value where there are labels before it, so that it goes on below
// itself; not where that would break a word, such as an address to be copied.
func (p *Printer) beside(c Column, cell string, widest int) []string {
	room := p.o.Width - widest - len(gap)
	if p.o.Width <= 0 || widest == 0 || room < easyText || c.whole() ||
		slices.ContainsFunc(strings.Fields(cell), func(word string) bool { return cellWidth(word) > room }) {
		return []string{cell}
	}
	return wrap(cell, room)
}
