// Package output prints results: tables for a person, and JSON, YAML, CSV and
// the like for a script.
//
// Every value is encoded with encoding/json first and every other form is
// derived from that, so a field has one name, one order and one spelling
// however it is printed, and whole numbers stay exact.
package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Options say how results are shown.
type Options struct {
	// Format is the form of the output. Empty means Table on a terminal, and
	// tab-separated plain values without a header elsewhere.
	Format Format
	// Fields picks JSON fields, dotted for nested objects (company.name). It
	// implies JSON unless Format is NDJSON or YAML.
	Fields []string
	// JQ is a jq expression applied to the JSON value. Strings are printed
	// raw, other results as compact JSON, one a line.
	JQ string
	// Template is a Go text/template executed on the decoded JSON value.
	Template string
	// Columns picks the fields of Table, CSV, TSV and Markdown, in this order.
	Columns []string
	// Header asks for a header line or for none. Nil means the format's own
	// habit: a header, except when tab-separated values are the default.
	Header *bool
	// Terminal says the writer is a terminal: tables are the default, JSON is
	// indented, and control characters are made visible.
	Terminal bool
	// Color allows escape sequences in tables.
	Color bool
	// Accessible prints tables as labelled lines, for a screen reader.
	Accessible bool
	// Width is the terminal's width in columns; 0 means unlimited.
	Width int
	// Height is the terminal's height in lines, and Page shows what write writes
	// where that is longer. Without them everything is written at once.
	Height int
	Page   func(write func(io.Writer) error) error
	// Locale is how tables write amounts and dates.
	Locale Locale
	// Now is the time relative times are told from; see Printer.Day.
	Now time.Time
}

// Printer writes results in one format. It keeps no state between calls.
type Printer struct {
	w io.Writer
	o Options
}

// New returns a Printer that writes to w.
func New(w io.Writer, o Options) *Printer {
	return &Printer{w: w, o: o}
}

// Locale is how the Printer writes amounts and dates for a person.
func (p *Printer) Locale() Locale { return p.o.Locale }

// List prints rows, a slice of structs with json tags. The columns say what a
// table, CSV, TSV or Markdown shows by default; none means every field.
//
// It returns a *FieldError for an unknown field or column. Nothing has been
// written when a JSON, YAML, jq or template rendering fails.
func (p *Printer) List(rows any, cols []Column) error {
	recs, err := listRecords(rows)
	if err != nil {
		return fmt.Errorf("print list: %w", err)
	}
	return p.print(recs, cols)
}

// Item prints one struct. A table has one "Label: value" line a field; the
// other formats print what they print for a list of one, JSON and YAML
// without the list around it. Errors are those of List.
func (p *Printer) Item(v any, cols []Column) error {
	return p.print(itemRecords(v), cols)
}

// Text prints one plain line, formatted as by fmt.Sprintf. On a terminal its
// control characters are made visible.
func (p *Printer) Text(format string, args ...any) error {
	line := fmt.Sprintf(format, args...)
	if !strings.HasSuffix(line, "\n") {
		line += "\n"
	}
	return p.write([]byte(line), p.o.Terminal)
}

func (p *Printer) print(recs *records, cols []Column) error {
	render, err := p.renderer()
	if err != nil {
		return err
	}
	if long, err := p.longTable(recs, cols); long {
		return err
	}
	var buf bytes.Buffer
	if err := render(&buf, recs, cols); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return p.write(buf.Bytes(), p.o.Terminal && !p.isTable())
}

type renderFunc func(buf *bytes.Buffer, recs *records, cols []Column) error

// conflict refuses choices of which one would be passed over.
func (p *Printer) conflict() error {
	switch {
	case p.o.JQ != "" && p.o.Template != "":
		return errors.New("choose a jq expression or a template, not both")
	case len(p.o.Columns) > 0 && !p.Tabular():
		return errors.New("--columns is for tables, CSV, TSV and Markdown: choose the fields of JSON and YAML with --json id,name")
	}
	return nil
}

func (p *Printer) renderer() (renderFunc, error) {
	if err := p.conflict(); err != nil {
		return nil, err
	}
	if p.o.JQ != "" {
		return p.jq, nil
	}
	if p.o.Template != "" {
		return p.template, nil
	}
	switch format := p.format(); format {
	case Table:
		return p.table, nil
	case JSON:
		return p.json, nil
	case NDJSON:
		return p.ndjson, nil
	case YAML:
		return p.yaml, nil
	case CSV:
		return p.csv, nil
	case TSV:
		return p.tsv, nil
	case Markdown:
		return p.markdown, nil
	case Name:
		return p.name, nil
	default:
		_, err := ParseFormat(string(format))
		return nil, err
	}
}

func (p *Printer) format() Format {
	switch {
	case len(p.o.Fields) > 0 && p.o.Format != NDJSON && p.o.Format != YAML:
		return JSON
	case p.o.Format != "":
		return p.o.Format
	case p.o.Terminal:
		return Table
	default:
		return TSV
	}
}

// write sends everything at once, so that a failed rendering leaves no half.
func (p *Printer) write(b []byte, sanitize bool) error {
	if len(b) == 0 {
		return nil
	}
	if sanitize {
		b = sanitizeLines(b)
	}
	return p.deliver(bytes.Count(b, []byte("\n")), func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// deliver has write write so many lines, through the pager where they are more than the
// screen holds above the next prompt.
func (p *Printer) deliver(lines int, write func(io.Writer) error) error {
	var err error
	if p.o.Page != nil && lines >= p.o.Height {
		err = p.o.Page(write)
	} else {
		err = write(p.w)
	}
	if err != nil {
		return fmt.Errorf("write output: %w", err)
	}
	return nil
}

// isTable reports whether the output may hold our own escape sequences and isolates; the
// cells of a table are sanitised one by one instead.
func (p *Printer) isTable() bool {
	return p.o.JQ == "" && p.o.Template == "" && p.format() == Table
}
