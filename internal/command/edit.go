package command

import (
	"encoding/json"
	"fmt"
	"strconv"
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

// fields are those of the JSON of a resource, which what it is made of never fails to be.
func fields(v any) map[string]json.RawMessage {
	var all map[string]json.RawMessage
	if text, err := json.Marshal(v); err != nil || json.Unmarshal(text, &all) != nil {
		return nil
	}
	return all
}
