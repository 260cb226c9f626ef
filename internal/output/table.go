package output

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
	"github.com/tidwall/gjson"
)

// longTableRows is the length beyond which a table is written line by line:
// tablewriter takes over a second for a hundred thousand rows.
const longTableRows = 1000

// table draws up to longTableRows rows, all columns as wide as they need. Where
// they do not fit, and for more rows, it writes one fact a line.
func (p *Printer) table(buf *bytes.Buffer, recs *records, cols []Column) error {
	cols, sel, err := p.columns(recs, cols)
	if err != nil || recs.count == 0 {
		return err
	}
	switch {
	case recs.one:
		return p.detail(buf, recs, cols, sel)
	case p.o.Accessible, recs.count > longTableRows:
		return p.labelled(buf, recs, cols, sel)
	}
	rows := make([][]string, 0, recs.count)
	err = eachLine(recs, cols, sel, func(cells []string) error {
		rows = append(rows, append([]string(nil), cells...))
		return nil
	})
	if err != nil {
		return err
	}
	l := newLayout(cols, p.o.Width, p.header(true))
	l.measure(rows)
	if !l.fit() {
		return p.labelled(buf, recs, cols, sel)
	}
	lines := make([][]string, 0, len(rows))
	for _, cells := range rows {
		lines = append(lines, l.lines(cells)...)
	}
	if l.joined {
		p.align(buf, l, lines)
		return nil
	}
	return p.draw(buf, l, lines)
}

// align aligns rows as draw does, by the width that characters have together.
func (p *Printer) align(buf *bytes.Buffer, l *layout, rows [][]string) {
	if l.header != nil {
		buf.WriteString(p.emphasize(string(l.appendLine(nil, l.header))))
		buf.WriteByte('\n')
	}
	for _, cells := range rows {
		buf.Write(append(l.appendLine(nil, cells), '\n'))
	}
}

// draw has tablewriter align the rows, and removes the space it leaves behind
// the last column.
func (p *Printer) draw(buf *bytes.Buffer, l *layout, rows [][]string) error {
	var drawn bytes.Buffer
	t := tablewriter.NewTable(&drawn, tablewriter.WithConfig(tableConfig(l)),
		tablewriter.WithRenderer(renderer.NewBlueprint(borderless())))
	if l.header != nil {
		t.Header(l.header)
	}
	if err := t.Bulk(rows); err != nil {
		return fmt.Errorf("fill table: %w", err)
	}
	if err := t.Render(); err != nil {
		return fmt.Errorf("draw table: %w", err)
	}
	header := l.header != nil
	for line := range bytes.Lines(drawn.Bytes()) {
		text := strings.TrimRight(string(line), " \n")
		if header {
			text, header = p.emphasize(text), false
		}
		buf.WriteString(text)
		buf.WriteByte('\n')
	}
	return nil
}

func borderless() tw.Rendition {
	return tw.Rendition{
		Borders:  tw.BorderNone,
		Symbols:  tw.NewSymbols(tw.StyleNone),
		Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
	}
}

func tableConfig(l *layout) tablewriter.Config {
	align := make([]tw.Align, len(l.cols))
	padding := make([]tw.Padding, len(l.cols))
	for i, c := range l.cols {
		align[i] = tw.AlignLeft
		if c.right {
			align[i] = tw.AlignRight
		}
		padding[i] = tw.Padding{Left: tw.Empty, Right: gap, Overwrite: true}
	}
	padding[len(padding)-1] = tw.PaddingNone
	cells := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Padding:    tw.CellPadding{Global: tw.PaddingNone, PerColumn: padding},
		Alignment:  tw.CellAlignment{Global: tw.AlignLeft, PerColumn: align},
	}
	return tablewriter.Config{
		Header:   cells,
		Row:      cells,
		Behavior: tw.Behavior{TrimSpace: tw.Off, TrimTab: tw.Off, TrimLine: tw.Off},
	}
}

// longTable writes a table too long for tablewriter straight to the writer,
// and reports whether there was one that fits. Its widths come from a sample.
func (p *Printer) longTable(recs *records, cols []Column) (bool, error) {
	if p.format() != Table || p.o.JQ != "" || p.o.Template != "" || p.o.Accessible || recs.count <= longTableRows {
		return false, nil
	}
	cols, sel, err := p.columns(recs, cols)
	if err != nil {
		return true, fmt.Errorf("print: %w", err)
	}
	l := newLayout(cols, p.o.Width, p.header(true))
	if err := l.sample(recs, cols, sel); err != nil {
		return true, fmt.Errorf("print: %w", err)
	}
	if !l.fit() {
		return false, nil
	}
	return true, p.deliver(recs.count, func(w io.Writer) error { return p.writeLong(w, l, recs, cols, sel) })
}

func (p *Printer) writeLong(out io.Writer, l *layout, recs *records, cols []Column, sel *selection) error {
	w := bufio.NewWriterSize(out, 64<<10)
	var line []byte
	if l.header != nil {
		line = l.appendLine(line, l.header)
		if _, err := w.WriteString(p.emphasize(string(line)) + "\n"); err != nil {
			return err
		}
	}
	err := eachLine(recs, cols, sel, func(cells []string) error {
		for _, cells := range l.lines(cells) {
			line = append(l.appendLine(line[:0], cells), '\n')
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

// eachLine calls fn with the cells of every record. They are valid until fn
// returns.
func eachLine(recs *records, cols []Column, sel *selection, fn func(cells []string) error) error {
	cells := make([]string, len(cols))
	whole := formats(cols)
	return recs.each(sel, func(object gjson.Result, values []gjson.Result) error {
		fillCells(cells, cols, whole, object, values)
		return fn(cells)
	})
}

func fillCells(cells []string, cols []Column, whole bool, object gjson.Result, values []gjson.Result) {
	var row map[string]any
	if whole {
		row, _ = decoded(object, exactNumber).(map[string]any)
	}
	for i, c := range cols {
		cells[i] = c.cell(values[i], row)
	}
}

func (p *Printer) emphasize(header string) string {
	if !p.o.Color {
		return header
	}
	return "\x1b[1m" + header + "\x1b[0m"
}
