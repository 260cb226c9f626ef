package server

import (
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// describeNull says in the document that a field which is a pointer to an object may
// be null, where it is not left out instead: huma knows it of plain values alone. The
// schemas are referred to by the prefix components.
func describeNull(schemas huma.Registry, components string) {
	for name, schema := range schemas.Map() {
		t := schemas.TypeFromRef(components + name)
		for t != nil && t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t == nil || t.Kind() != reflect.Struct {
			continue
		}
		for _, field := range reflect.VisibleFields(t) {
			property, options, _ := strings.Cut(field.Tag.Get("json"), ",")
			s := schema.Properties[property]
			if s == nil || s.Ref == "" || field.Type.Kind() != reflect.Pointer || strings.Contains(options, "omitempty") {
				continue
			}
			schema.Properties[property] = &huma.Schema{
				AnyOf: []*huma.Schema{{Ref: s.Ref}, {Type: "null"}}, Description: s.Description,
			}
		}
	}
}
