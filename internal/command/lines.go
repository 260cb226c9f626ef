package command

import (
	"fmt"
	"strings"
)

// Lines writes the lines of an order or invoice in words: a column format.
func Lines(v any, _ map[string]any) string {
	lines, _ := v.([]any)
	texts := make([]string, 0, len(lines))
	for _, l := range lines {
		line, _ := l.(map[string]any)
		texts = append(texts, fmt.Sprintf("%v × %v (%v)", line["quantity"], line["description"], line["license_id"]))
	}
	return strings.Join(texts, "; ")
}
