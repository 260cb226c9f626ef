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
		text := fmt.Sprintf("%v × %v", line["quantity"], line["description"])
		if license := line["license_id"]; license != "" { // there is none before it is paid
			text += fmt.Sprintf(" (%v)", license)
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "; ")
}
