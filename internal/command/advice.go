package command

import "fmt"

// WithFix tells what is the matter, and what to do about it where the row has a fix: a
// column format.
func WithFix(v any, row map[string]any) string {
	text := fmt.Sprint(v)
	if fix, _ := row["fix"].(string); fix != "" {
		text += "; to mend it: " + fix
	}
	return text
}
