package command

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/output"
)

// IfMatch is the header that names a version.
func IfMatch(version int64) string { return fmt.Sprintf("%q", strconv.FormatInt(version, 10)) }

// Try calls an endpoint that changes something with a request that is a dry run, which may
// be repeated as a read may.
func Try[I, O any](ctx context.Context, f *Factory, op api.Op[I, O], in I) (O, error) {
	op.Preview = true
	return Call(ctx, f, op, in)
}

// TryEdit asks the server what an edit would come to: try is its request, as a dry run.
// Of what it refuses it tells what that is now. A row that was changed meanwhile is not
// refused where it has become just what the edit asks for.
func TryEdit[I, V, O any](ctx context.Context, f *Factory, op api.Op[I, O], try I, edit any, view api.Op[V, O], of V) (O, error) {
	would, err := Try(ctx, f, op, try)
	problem := refusal(err)
	if problem == nil {
		return would, err
	}
	now, lost := Call(ctx, f, view, of)
	if lost == nil && problem.Code == "version_conflict" && Same(edit, now) {
		return now, nil
	}
	return now, err
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

// ShowEdit prints, field by field, what an edit would change of a resource: what it is,
// and what the server says that it would be.
func (f *Factory) ShowEdit(id string, edit, resource, edited any) error {
	is, would := fields(resource), fields(edited)
	changes := []FieldChange{}
	for _, name := range slices.Sorted(maps.Keys(fields(edit))) {
		if string(would[name]) != string(is[name]) {
			changes = append(changes, FieldChange{ID: id, Field: name, From: textOf(is[name]), To: textOf(would[name])})
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
