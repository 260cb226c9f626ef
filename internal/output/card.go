package output

import (
	"bytes"
	"fmt"
	"strings"
)

// Card is one thing as a person sees it at a glance: a title, and what belongs to it.
type Card struct {
	Title    string
	Sections []Section
}

// Section is a part of a card: an item, or rows, or lines such as commands.
type Section struct {
	Heading string
	Item    any
	Rows    any // a slice
	Columns []Column
	Lines   []string
	Note    string // what is left to say of it
}

const (
	indent   = "  "
	barWidth = 20
)

// Glances reports whether a person looks at a terminal and has not asked for any form
// of the output: then a card may be shown.
func (p *Printer) Glances() bool {
	return p.o.Terminal && p.o.Format == "" && len(p.o.Fields) == 0 && p.o.JQ == "" && p.o.Template == "" && len(p.o.Columns) == 0
}

// Tabular reports whether results come as rows and columns: then a command may print a
// resource that is no row as rows of its own.
func (p *Printer) Tabular() bool {
	if len(p.o.Fields) > 0 || p.o.JQ != "" || p.o.Template != "" {
		return false
	}
	switch p.format() {
	case Table, CSV, TSV, Markdown:
		return true
	case JSON, NDJSON, YAML, Name:
	}
	return false
}

// Card prints a card: with Accessible one fact a line.
func (p *Printer) Card(c Card) error {
	var buf bytes.Buffer
	buf.WriteString(p.emphasize(tableText(c.Title)))
	buf.WriteByte('\n')
	for _, s := range c.Sections {
		buf.WriteByte('\n')
		if err := p.section(&buf, s); err != nil {
			return fmt.Errorf("print card: %w", err)
		}
	}
	return p.write(buf.Bytes(), false)
}

// Share tells in a table how much of a whole something is, with a bar before it unless
// that would be read out.
func (p *Printer) Share(part, whole int64, text string) string {
	if p.o.Accessible || whole <= 0 {
		return text
	}
	full := int(min(max(part, 0), whole) * barWidth / whole)
	return "[" + strings.Repeat("#", full) + strings.Repeat("-", barWidth-full) + "] " + text
}

func (p *Printer) section(buf *bytes.Buffer, s Section) error {
	if s.Heading != "" && (!p.o.Accessible || s.Lines == nil) {
		buf.WriteString(p.emphasize(tableText(s.Heading) + ":"))
		buf.WriteByte('\n')
	}
	if s.Item != nil {
		if err := p.table(buf, itemRecords(s.Item), s.Columns); err != nil {
			return err
		}
	}
	if s.Rows != nil {
		if err := p.sectionRows(buf, s); err != nil {
			return err
		}
	}
	for _, line := range s.Lines {
		before := indent
		if p.o.Accessible { // each line is to be understood by itself
			before = tableText(s.Heading) + ": "
		}
		buf.WriteString(before + tableText(line) + "\n")
	}
	if s.Note != "" {
		buf.WriteString(p.indent() + tableText(s.Note) + "\n")
	}
	return nil
}

func (p *Printer) sectionRows(buf *bytes.Buffer, s Section) error {
	recs, err := listRecords(s.Rows)
	if err != nil {
		return err
	}
	inner := *p
	if inner.o.Width > 0 {
		inner.o.Width = max(1, inner.o.Width-len(p.indent()))
	}
	var rows bytes.Buffer
	if err := inner.table(&rows, recs, s.Columns); err != nil {
		return err
	}
	for line := range bytes.Lines(rows.Bytes()) {
		if len(line) > 1 {
			buf.WriteString(p.indent())
		}
		buf.Write(line)
	}
	return nil
}

func (p *Printer) indent() string {
	if p.o.Accessible {
		return ""
	}
	return indent
}
