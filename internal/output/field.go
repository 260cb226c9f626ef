package output

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// FieldError says that a field asked for does not exist.
type FieldError struct {
	Unknown string   // the name that was asked for
	Valid   []string // the names there are, in declared order
}

// Error names the unknown field, the nearest valid one, and all of them.
func (e *FieldError) Error() string {
	return fmt.Sprintf("unknown field %q%s; valid fields: %s",
		e.Unknown, DidYouMean(e.Unknown, e.Valid), strings.Join(e.Valid, ", "))
}

// Fields lists the JSON fields of v, which is a struct, a slice of structs or
// a pointer to either, in declared order and dotted for nested structs. An
// outer name (company) may be asked for wherever its parts (company.name) may.
func Fields(v any) []string {
	if v == nil {
		return nil
	}
	return schemaOf(elementType(reflect.TypeOf(v))).names()
}

// schema is what may be asked of a record.
type schema []field

type field struct {
	name string
	// open marks a map or the like, any key of which may be asked for.
	open bool
}

func (s schema) names() []string {
	names := make([]string, len(s))
	for i, f := range s {
		names[i] = f.name
	}
	return names
}

// check returns a *FieldError for the first path that s does not have.
func (s schema) check(paths []string) error {
	for _, path := range paths {
		if !slices.ContainsFunc(s, func(f field) bool { return f.holds(path) }) {
			return &FieldError{Unknown: path, Valid: s.names()}
		}
	}
	return nil
}

func (f field) holds(path string) bool {
	return path == f.name ||
		strings.HasPrefix(f.name, path+".") ||
		f.open && strings.HasPrefix(path, f.name+".")
}

func elementType(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || (t.Kind() == reflect.Slice || t.Kind() == reflect.Array) && !encodesItself(t) {
		t = t.Elem()
	}
	return t
}

func schemaOf(t reflect.Type) schema {
	if t.Kind() != reflect.Struct || encodesItself(t) {
		return nil
	}
	return appendFields(nil, t, "", nil)
}

func appendFields(s schema, t reflect.Type, prefix string, outer []reflect.Type) schema {
	outer = append(slices.Clip(outer), t)
	for _, sf := range jsonFields(t) {
		inner := sf.typ
		for inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		nested := inner.Kind() == reflect.Struct && !encodesItself(inner) && !slices.Contains(outer, inner)
		before := len(s)
		if nested {
			s = appendFields(s, inner, prefix+sf.name+".", outer)
		}
		if len(s) == before {
			s = append(s, field{name: prefix + sf.name, open: isOpen(inner)})
		}
	}
	return s
}

func isOpen(t reflect.Type) bool {
	return t.Kind() == reflect.Map || t.Kind() == reflect.Interface ||
		t == reflect.TypeFor[json.RawMessage]()
}

func encodesItself(t reflect.Type) bool {
	for _, m := range []reflect.Type{reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()} {
		if t.Implements(m) || reflect.PointerTo(t).Implements(m) {
			return true
		}
	}
	return false
}

type jsonField struct {
	name  string
	typ   reflect.Type
	depth int
}

// jsonFields lists the fields encoding/json writes for the struct type t:
// those of embedded structs in place, an outer field hiding an inner one.
func jsonFields(t reflect.Type) []jsonField {
	var fields []jsonField
	for _, sf := range reflect.VisibleFields(t) {
		tag := sf.Tag.Get("json")
		name, _, _ := strings.Cut(tag, ",")
		if tag == "-" || !sf.IsExported() || isInlined(sf, name) || hiddenByName(t, sf.Index) {
			continue
		}
		if name == "" {
			name = sf.Name
		}
		f := jsonField{name: name, typ: sf.Type, depth: len(sf.Index)}
		at := slices.IndexFunc(fields, func(have jsonField) bool { return have.name == name })
		switch {
		case at < 0:
			fields = append(fields, f)
		case f.depth < fields[at].depth:
			fields = append(slices.Delete(fields, at, at+1), f)
		}
	}
	return fields
}

func isInlined(sf reflect.StructField, name string) bool {
	return sf.Anonymous && name == "" && isStruct(sf.Type)
}

// hiddenByName reports whether the field at index lies in an embedded struct
// that is not inlined, because it has a name or is left out.
func hiddenByName(t reflect.Type, index []int) bool {
	for depth := 1; depth < len(index); depth++ {
		outer := t.FieldByIndex(index[:depth])
		name, _, _ := strings.Cut(outer.Tag.Get("json"), ",")
		if name != "" {
			return true
		}
	}
	return false
}

func isStruct(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct
}
