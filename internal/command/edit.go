package command

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/resell-cli/resell/internal/output"
)

// IfMatch is the header that names a version.
func IfMatch(version int64) string { return fmt.Sprintf("%q", strconv.FormatInt(version, 10)) }

// Unchanged refuses, with version_conflict, a row whose version is not that of the
// server any more, unless what it asks for is so already.
func Unchanged(ifMatch, etag string, same bool) error {
	if ifMatch == "" || ifMatch == etag || same {
		return nil
	}
	return &RefusedError{Code: "version_conflict", Message: fmt.Sprintf("it was changed in the meantime: its version is %s, not %s", etag, ifMatch)}
}

// Same reports whether a resource has every detail of an edit already.
func Same(edit, resource any) bool {
	is := fields(resource)
	for name, wanted := range fields(edit) {
		if string(wanted) != string(is[name]) {
			return false
		}
	}
	return true
}

// ShowEdit prints, field by field, what an edit would change of a resource.
func (f *Factory) ShowEdit(id string, edit, resource any) error {
	is := fields(resource)
	changes := []FieldChange{}
	wanted := fields(edit)
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if string(wanted[name]) != string(is[name]) {
			changes = append(changes, FieldChange{ID: id, Field: name, From: textOf(is[name]), To: textOf(wanted[name])})
		}
	}
	if len(changes) == 0 {
		f.Note("Nothing would change.")
	}
	return f.ShowAll(changes, func(p *output.Printer) []output.Column { return fieldColumns(p)[1:] })
}

// textOf is the text of a JSON value, and any other value as it is written.
func textOf(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) != nil {
		return string(value)
	}
	return text
}

// fields are those of the JSON of a resource, which what it is made of never fails to be.
func fields(v any) map[string]json.RawMessage {
	var all map[string]json.RawMessage
	if text, err := json.Marshal(v); err != nil || json.Unmarshal(text, &all) != nil {
		return nil
	}
	return all
}
