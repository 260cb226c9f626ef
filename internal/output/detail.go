package output

import (
	"bytes"
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
		buf.WriteString(cells[i])
		buf.WriteByte('\n')
	}
}
