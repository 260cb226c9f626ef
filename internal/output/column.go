package output

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// Column is one default column of a table.
type Column struct {
	// Field is the JSON field shown, dotted for nested objects: company.name.
	Field string
	// Header is the heading in a table. Empty means the field's last name in
	// capitals: ENDS ON for ends_on.
	Header string
	// Format turns the value into words for a person's table; other formats
	// print the plain value. Numbers arrive as json.Number, and row is the
	// whole record.
	Format func(v any, row map[string]any) string
	// Right aligns the column right, as numbers are.
	Right bool
	// Data keeps the column out of a person's table, unless it is asked for: for
	// what another column says in words, or what there is no room for.
	Data bool
	// Whole columns are never cut, however narrow the terminal: for text that is
	// useless in part. Columns aligned right, dates, and those that name a record
	// are whole without it.
	Whole bool
	// Spare columns are left out of a table of rows where there is no room for them beside
	// the others: the empty ones first, then from the last to the first.
	Spare bool
	// Wrap has text go on below itself where others are cut: for what is to be read to
	// its end.
	Wrap bool

	day func(v any, row map[string]any) string // for dates and times without a Format
}

func (c Column) header() string {
	if c.Header != "" {
		return c.Header
	}
	name := c.Field[strings.LastIndexByte(c.Field, '.')+1:]
	return strings.ToUpper(strings.ReplaceAll(name, "_", " "))
}

// label is the heading of the column beside a single value: Ends on.
func (c Column) label() string {
	header := strings.ToLower(c.header())
	first, size := utf8.DecodeRuneInString(header)
	return string(unicode.ToUpper(first)) + header[size:]
}

// whole reports whether cutting the column would make it useless: what names a
// record is copied, and half an amount or a date is a wrong one.
func (c Column) whole() bool {
	name := c.Field[strings.LastIndexByte(c.Field, '.')+1:]
	return c.Whole || c.Right ||
		slices.Contains([]string{"id", "number", "code", "coupon", "key", "sku"}, name) ||
		slices.ContainsFunc([]string{"_id", "_number", "_on", "_at"}, func(end string) bool { return strings.HasSuffix(name, end) })
}

// cell is the column's text in a table. object is the record and v its field.
func (c Column) cell(v gjson.Result, row map[string]any) string {
	switch {
	case c.Format != nil:
		return tableText(c.Format(decoded(v, exactNumber), row))
	case c.day != nil && v.Type == gjson.String:
		return tableText(c.day(v.Str, nil))
	case v.IsArray():
		return tableText(listText(v))
	default:
		return tableText(plain(v))
	}
}

// tableText is s on one line, without control characters, and harmless to what stands
// beside it.
func tableText(s string) string {
	if strings.ContainsAny(s, "\t\n\r") {
		s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
			return r == '\t' || r == '\n' || r == '\r'
		}), " ")
	}
	return isolate(Sanitize(s))
}

func listText(list gjson.Result) string {
	var words []string
	list.ForEach(func(_, v gjson.Result) bool {
		words = append(words, plain(v))
		return true
	})
	return strings.Join(words, ", ")
}

// columns are those asked for, or the given defaults, or every field, and the
// selection that finds them. There are none only when there are no records.
func (p *Printer) columns(recs *records, cols []Column) ([]Column, *selection, error) {
	if len(p.o.Columns) > 0 {
		cols = chosen(p.o.Columns, cols)
	} else if format := p.format(); format == Table || format == Markdown {
		cols = slices.DeleteFunc(slices.Clone(cols), func(c Column) bool { return c.Data })
		if format == Table && !recs.one {
			cols = idLast(cols)
		}
	}
	if len(cols) == 0 {
		fields, err := recs.schema()
		if err != nil {
			return nil, nil, err
		}
		cols = chosen(fields.names(), nil)
	}
	if len(cols) == 0 && recs.count > 0 {
		return nil, nil, errors.New("the result has no fields to show as columns; choose json output")
	}
	if p.format() == Table {
		cols = p.dated(cols, recs.one)
	}
	paths := make([]string, len(cols))
	for i, c := range cols {
		paths[i] = c.Field
	}
	sel, err := recs.selection(paths)
	return cols, sel, err
}

// idLast has a person read what a row is about first, and its id behind that.
func idLast(cols []Column) []Column {
	at := slices.IndexFunc(cols, func(c Column) bool { return c.Field == "id" })
	if at < 0 {
		return cols
	}
	id := cols[at]
	return append(slices.Delete(cols, at, at+1), id)
}

// dated has times told as Day tells them, and dates too where there is room: beside a
// single record.
func (p *Printer) dated(cols []Column, one bool) []Column {
	cols = slices.Clone(cols)
	for i, c := range cols {
		switch on := strings.HasSuffix(c.Field, "_on"); {
		case c.Format != nil:
		case on && !one:
			cols[i].day = p.Date()
		case on, strings.HasSuffix(c.Field, "_at"):
			cols[i].day = p.Day()
		}
	}
	return cols
}

// chosen makes columns of fields, with the looks of the defaults they match.
func chosen(fields []string, defaults []Column) []Column {
	cols := make([]Column, len(fields))
	for i, f := range fields {
		cols[i] = Column{Field: f}
		if at := slices.IndexFunc(defaults, func(c Column) bool { return c.Field == f }); at >= 0 {
			cols[i] = defaults[at]
			cols[i].Spare = false // it was asked for
		}
	}
	return cols
}

// formats reports whether a column needs the whole record decoded.
func formats(cols []Column) bool {
	return slices.ContainsFunc(cols, func(c Column) bool { return c.Format != nil })
}
