package output

import (
	"bytes"
	"encoding/csv"
	"strings"

	"github.com/tidwall/gjson"
)

func (p *Printer) csv(buf *bytes.Buffer, recs *records, cols []Column) error {
	w := csv.NewWriter(buf)
	err := p.delimited(recs, cols, p.header(true), csvCell, func(cells []string) error {
		if len(cells) == 1 && cells[0] == "" {
			// An empty line is no record to a CSV reader.
			w.Flush()
			buf.WriteString("\"\"\n")
			return nil
		}
		return w.Write(cells)
	})
	w.Flush()
	return err
}

// csvCell guards text only: a number of ours is no formula.
func csvCell(v gjson.Result) string {
	if v.Type == gjson.Number {
		return v.Raw
	}
	return GuardCell(plain(v))
}

func (p *Printer) tsv(buf *bytes.Buffer, recs *records, cols []Column) error {
	escaper := strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)
	header := p.header(p.o.Format == TSV && recs.count > 0)
	cell := func(v gjson.Result) string { return escaper.Replace(plain(v)) }
	return p.delimited(recs, cols, header, cell, func(cells []string) error {
		buf.WriteString(strings.Join(cells, "\t"))
		buf.WriteByte('\n')
		return nil
	})
}

// markdown writes what a table shows: it is for people, who paste it into a document.
func (p *Printer) markdown(buf *bytes.Buffer, recs *records, cols []Column) error {
	cols, sel, err := p.columns(recs, cols)
	if err != nil || len(cols) == 0 {
		return err
	}
	escaper := strings.NewReplacer("\\", `\\`, "|", `\|`, "\r\n", " ", "\n", " ", "\r", " ")
	line := func(cells []string) {
		buf.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	cells, rule := make([]string, len(cols)), make([]string, len(cols))
	for i, c := range cols {
		cells[i], rule[i] = escaper.Replace(c.header()), "---"
		if c.Right {
			rule[i] = "---:"
		}
	}
	line(cells)
	line(rule)
	return eachLine(recs, cols, sel, func(texts []string) error {
		for i, text := range texts {
			cells[i] = escaper.Replace(text)
		}
		line(cells)
		return nil
	})
}

// delimited writes the field names when asked for, and one line a record.
func (p *Printer) delimited(recs *records, cols []Column, header bool, cell func(gjson.Result) string, write func([]string) error) error {
	cols, sel, err := p.columns(recs, cols)
	if err != nil || len(cols) == 0 {
		return err
	}
	cells := make([]string, len(cols))
	if header {
		for i, c := range cols {
			cells[i] = c.Field
		}
		if err := write(cells); err != nil {
			return err
		}
	}
	return recs.each(sel, func(_ gjson.Result, values []gjson.Result) error {
		for i, v := range values {
			cells[i] = cell(v)
		}
		return write(cells)
	})
}

func (p *Printer) header(byDefault bool) bool {
	if p.o.Header != nil {
		return *p.o.Header
	}
	return byDefault
}
