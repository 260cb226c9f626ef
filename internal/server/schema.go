package server

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
)

// Schema is the JSON Schema (draft 2020-12) of the JSON that a type is encoded to, in the
// words of the API's document. Objects may have more fields than it names: some are
// added in later versions.
func Schema(t reflect.Type, title string) ([]byte, error) {
	const definitions = "#/$defs/"
	registry := huma.NewMapRegistry(definitions, huma.DefaultSchemaNamer)
	root := registry.Schema(t, true, title)
	describeNull(registry, definitions)
	for _, s := range registry.Map() {
		if s.AdditionalProperties == false {
			s.AdditionalProperties = nil
		}
	}
	text, err := json.MarshalIndent(struct {
		Schema      string                  `json:"$schema"`
		Title       string                  `json:"title"`
		Ref         string                  `json:"$ref"`
		Definitions map[string]*huma.Schema `json:"$defs"`
	}{"https://json-schema.org/draft/2020-12/schema", title, root.Ref, registry.Map()}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("describe %s as JSON Schema: %w", title, err)
	}
	return append(text, '\n'), nil
}
