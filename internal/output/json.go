package output

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/tidwall/gjson"
)

func (p *Printer) json(buf *bytes.Buffer, recs *records, _ []Column) error {
	if !p.o.Terminal {
		err := p.document(buf, recs)
		buf.WriteByte('\n')
		return err
	}
	var compact bytes.Buffer
	if err := p.document(&compact, recs); err != nil {
		return err
	}
	if err := json.Indent(buf, compact.Bytes(), "", "  "); err != nil {
		return err
	}
	buf.WriteByte('\n')
	return nil
}

// document writes the whole value as compact JSON: an array for a list.
func (p *Printer) document(buf *bytes.Buffer, recs *records) error {
	if !recs.one {
		buf.WriteByte('[')
	}
	err := p.objects(buf, recs, func(i int) {
		buf.Truncate(len(bytes.TrimRight(buf.Bytes(), "\n")))
		if i < recs.count-1 {
			buf.WriteByte(',')
		}
	})
	if !recs.one {
		buf.WriteByte(']')
	}
	return err
}

func (p *Printer) ndjson(buf *bytes.Buffer, recs *records, _ []Column) error {
	return p.objects(buf, recs, func(int) {})
}

// objects writes each record, reduced to the fields asked for, as a line of
// compact JSON, and calls after behind it.
func (p *Printer) objects(buf *bytes.Buffer, recs *records, after func(i int)) error {
	if len(p.o.Fields) == 0 {
		for i := range recs.count {
			if err := recs.encode(buf, i); err != nil {
				return err
			}
			after(i)
		}
		return nil
	}
	sel, err := recs.selection(p.o.Fields)
	if err != nil {
		return err
	}
	i := 0
	return recs.each(sel, func(_ gjson.Result, values []gjson.Result) error {
		sel.root.writeJSON(buf, values)
		buf.WriteByte('\n')
		after(i)
		i++
		return nil
	})
}

// name prints the first of the fields that name a record.
func (p *Printer) name(buf *bytes.Buffer, recs *records, _ []Column) error {
	sel := newSelection([]string{"id", "number", "code", "name"})
	return recs.each(sel, func(_ gjson.Result, values []gjson.Result) error {
		for _, v := range values {
			if s := plain(v); s != "" {
				buf.WriteString(s)
				buf.WriteByte('\n')
				return nil
			}
		}
		return errors.New("a record has no id, number, code or name; choose another output format")
	})
}
