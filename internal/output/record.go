package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/tidwall/gjson"
)

// records are the values to print, encoded to JSON one at a time.
type records struct {
	one   bool            // a single item, not a list
	at    func(i int) any // the value to encode
	count int
	elem  schema
}

func listRecords(rows any) (*records, error) {
	if rows == nil {
		return &records{}, nil
	}
	list := reflect.ValueOf(rows)
	for list.Kind() == reflect.Pointer && !list.IsNil() {
		list = list.Elem()
	}
	if kind := list.Kind(); (kind == reflect.Slice || kind == reflect.Array) && !encodesItself(list.Type()) {
		return &records{
			at:    func(i int) any { return addressed(list.Index(i)) },
			count: list.Len(),
			elem:  schemaOf(elementType(list.Type())),
		}, nil
	}
	return encodedRecords(rows)
}

// addressed avoids copying the struct and honours methods on its pointer, as
// encoding/json does for the elements of a slice.
func addressed(v reflect.Value) any {
	if v.CanAddr() && v.Kind() == reflect.Struct {
		return v.Addr().Interface()
	}
	return v.Interface()
}

// encodedRecords reads the rows of a value that is a list only once encoded,
// such as a json.RawMessage.
func encodedRecords(rows any) (*records, error) {
	var buf bytes.Buffer
	if err := encode(&buf, rows); err != nil {
		return nil, err
	}
	list := gjson.ParseBytes(buf.Bytes())
	if list.Type == gjson.Null {
		return &records{}, nil
	}
	if !list.IsArray() {
		return nil, errors.New("the value is not a list")
	}
	items := list.Array()
	return &records{at: func(i int) any { return json.RawMessage(items[i].Raw) }, count: len(items)}, nil
}

func itemRecords(v any) *records {
	r := &records{one: true, at: func(int) any { return v }, count: 1}
	if v != nil {
		r.elem = schemaOf(elementType(reflect.TypeOf(v)))
	}
	return r
}

// encode appends record i as one line of compact JSON.
func (r *records) encode(buf *bytes.Buffer, i int) error {
	return encode(buf, r.at(i))
}

// encode appends v as one line of compact JSON, without escaping HTML.
func encode(buf *bytes.Buffer, v any) error {
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("encode as JSON: %w", err)
	}
	return nil
}

// schema returns the fields of the records: of their type or, for values
// without one, those found in the data.
func (r *records) schema() (schema, error) {
	if r.elem != nil {
		return r.elem, nil
	}
	var found schema
	seen := map[string]bool{}
	var buf bytes.Buffer
	for i := range r.count {
		buf.Reset()
		if err := r.encode(&buf, i); err != nil {
			return nil, err
		}
		object := gjson.ParseBytes(buf.Bytes())
		if !object.IsObject() {
			continue
		}
		object.ForEach(func(key, _ gjson.Result) bool {
			// The key is copied: it points into buf.
			if name := strings.Clone(key.Str); !seen[name] {
				seen[name] = true
				found = append(found, field{name: name, open: true})
			}
			return true
		})
	}
	return found, nil
}

// selection compiles paths, of which each must be a field of the records. A
// list without rows and without a type has no fields, and takes any.
func (r *records) selection(paths []string) (*selection, error) {
	fields, err := r.schema()
	if err != nil {
		return nil, err
	}
	if len(fields) > 0 {
		if err := fields.check(paths); err != nil {
			return nil, err
		}
	}
	return newSelection(paths), nil
}

// each calls fn with the selected values of every record, in order. The
// values are valid until fn returns.
func (r *records) each(sel *selection, fn func(object gjson.Result, values []gjson.Result) error) error {
	values := make([]gjson.Result, sel.count)
	for i := range r.count {
		if err := r.read(i, sel, values, fn); err != nil {
			return err
		}
	}
	return nil
}

func (r *records) read(i int, sel *selection, values []gjson.Result, fn func(gjson.Result, []gjson.Result) error) error {
	var buf bytes.Buffer
	if err := r.encode(&buf, i); err != nil {
		return err
	}
	// A string of its own: gjson's results point into it.
	object := gjson.Parse(buf.String())
	clear(values)
	sel.root.fill(object, values)
	return fn(object, values)
}
