package client

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/api"
)

// maxShown is how much of a body is shown, in bytes.
const maxShown = 2 << 10

var errShown = errors.New("enough is shown")

// maskBody is a body for a debug log: its shape, its numbers and what is the same for
// everybody, such as products and states. Every other text is masked, so that a field
// that is added later gives nothing away.
func maskBody(data []byte, kind string) string {
	if !isJSON(kind) {
		return fmt.Sprintf("%d bytes of %s", len(data), cmp.Or(printable(kind), "data of no type"))
	}
	m := bodyMask{in: json.NewDecoder(bytes.NewReader(data)), public: publicField}
	if kind == api.ProblemType {
		m.public = publicInProblem
	}
	m.in.UseNumber()
	switch err := m.value(""); {
	case errors.Is(err, errShown):
		return fmt.Sprintf("%s… (%d bytes)", m.out.Bytes(), len(data))
	case err != nil:
		return fmt.Sprintf("%d bytes that are no JSON", len(data))
	}
	return m.out.String()
}

type bodyMask struct {
	in     *json.Decoder
	out    bytes.Buffer
	public func(field string) bool
}

// value copies the next value, which is that of a field.
func (m *bodyMask) value(field string) error {
	token, err := m.in.Token()
	if err != nil {
		return err
	}
	if m.out.Len() > maxShown {
		return errShown
	}
	switch v := token.(type) {
	case json.Delim:
		return m.collection(v, field)
	case string:
		if !m.shows(field, v) {
			v = masked
		}
		return m.text(v)
	case json.Number:
		m.out.WriteString(v.String())
	default:
		return m.text(v)
	}
	return nil
}

// collection copies an object or a list, whose begin was read.
func (m *bodyMask) collection(begin json.Delim, field string) error {
	m.out.WriteString(begin.String())
	for first := true; m.in.More(); first = false {
		if !first {
			m.out.WriteByte(',')
		}
		if begin == '{' {
			name, err := m.in.Token()
			if err != nil {
				return err
			}
			field, _ = name.(string)
			if err := m.name(field); err != nil {
				return err
			}
		}
		if err := m.value(field); err != nil {
			return err
		}
	}
	end, err := m.in.Token()
	if err == nil {
		fmt.Fprint(&m.out, end)
	}
	return err
}

// name copies the name of a field: a name of the API's, and not a text of somebody's.
func (m *bodyMask) name(field string) error {
	if !isWord(field, "_") {
		field = masked
	}
	err := m.text(field)
	m.out.WriteByte(':')
	return err
}

func (m *bodyMask) text(v any) error {
	text, err := json.Marshal(v)
	m.out.Write(text)
	return err
}

// shows tells what may be shown: ids, dates and times, and a word or the code of a country
// or currency where the field has nothing else.
func (m *bodyMask) shows(field, text string) bool {
	if text == "" || isID(text) {
		return true
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339, time.RFC3339Nano} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return m.public(field) && (isWord(text, "_:.-") || isCountryOrCurrency(text))
}

// isWord tells a word of the API's: small letters and digits, with these marks in between.
func isWord(text, marks string) bool {
	const longest = 40
	if len(text) > longest {
		return false
	}
	for i, r := range text {
		letter := r >= 'a' && r <= 'z'
		if !letter && (i == 0 || (r < '0' || r > '9') && !strings.ContainsRune(marks, r)) {
			return false
		}
	}
	return text != ""
}

func isCountryOrCurrency(text string) bool {
	return (len(text) == 2 || len(text) == 3) && !strings.ContainsFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' })
}

// publicField tells fields whose values are of a closed set, or of the catalogue.
func publicField(name string) bool {
	switch name {
	case "product", "term", "state", "status", "billing", "kind", "currency", "payment", "role", "unit", "country",
		"language", "scopes", "allowed_actions", "action", "family", "edition":
		return true
	}
	return false
}

// publicInProblem tells the fields of a problem that hold no text about somebody. Its
// detail is told as the error, to whoever has caused it.
func publicInProblem(name string) bool {
	return name == "code" || name == "field" || publicField(name)
}
