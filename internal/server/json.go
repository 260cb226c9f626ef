package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/resell-cli/resell/internal/licensing"
)

const maxDepth = 100 // of objects and arrays inside one another

// checkJSON refuses what encoding/json would take and change in silence: bytes that
// are no text, escapes that are no character, names given twice, and what follows the
// value. Zero characters are text, but not every database can keep them.
func checkJSON(body []byte) error {
	if err := checkText("the body", body); err != nil {
		return err
	}
	if err := checkEscapes(body); err != nil {
		return err
	}
	w := &walk{Decoder: json.NewDecoder(bytes.NewReader(body))}
	w.UseNumber()
	if err := w.value(); err != nil {
		return err
	}
	if _, err := w.Token(); !errors.Is(err, io.EOF) {
		return licensing.Errorf(licensing.CodeInvalidRequest, "the body holds more than one JSON value")
	}
	return nil
}

// checkEscapes looks for the escapes of zero characters and of halves of surrogate
// pairs. A backslash stands only in strings, where each begins an escape.
func checkEscapes(body []byte) error {
	for at := bytes.IndexByte(body, '\\'); at >= 0 && at < len(body); {
		length := 2
		if r, ok := escaped(body[at:]); ok {
			length = len(`\u0000`)
			if r == 0 {
				return licensing.Errorf(licensing.CodeInvalidRequest, "the body holds a zero character")
			}
			if utf16.IsSurrogate(r) {
				low, _ := escaped(body[at+length:])
				if utf16.DecodeRune(r, low) == '\uFFFD' {
					return licensing.Errorf(licensing.CodeInvalidRequest, "the body holds half of a surrogate pair, which is no character")
				}
				length *= 2
			}
		}
		at = min(at+length, len(body))
		next := bytes.IndexByte(body[at:], '\\')
		if next < 0 {
			return nil
		}
		at += next
	}
	return nil
}

// escaped reads the \uXXXX that text begins with.
func escaped(text []byte) (rune, bool) {
	if len(text) < len(`\u0000`) || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}

// walk goes through one JSON value, and knows where it is.
type walk struct {
	*json.Decoder
	path []step
}

// step is a name in an object, or an index in an array.
type step struct {
	name  string
	index int
}

func (w *walk) value() error {
	token, err := w.Token()
	if err != nil {
		return notJSON(err)
	}
	delimiter, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	if len(w.path) == maxDepth {
		return licensing.Errorf(licensing.CodeInvalidRequest, "the body is nested deeper than %d levels", maxDepth)
	}
	w.path = append(w.path, step{index: -1})
	if delimiter == '{' {
		err = w.object()
	} else {
		err = w.array()
	}
	if err != nil {
		return err
	}
	w.path = w.path[:len(w.path)-1]
	if _, err := w.Token(); err != nil { // the closing delimiter
		return notJSON(err)
	}
	return nil
}

func (w *walk) object() error {
	seen := map[string]struct{}{}
	for w.More() {
		token, err := w.Token()
		if err != nil {
			return notJSON(err)
		}
		name, _ := token.(string) // the decoder lets nothing else be a name
		w.path[len(w.path)-1].name = name
		if _, twice := seen[name]; twice {
			return licensing.Invalid(w.where(), "is given twice")
		}
		seen[name] = struct{}{}
		if err := w.value(); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) array() error {
	for w.More() {
		w.path[len(w.path)-1].index++
		if err := w.value(); err != nil {
			return err
		}
	}
	return nil
}

// where writes the path as companies[3].email.
func (w *walk) where() string {
	var b strings.Builder
	for _, s := range w.path {
		switch {
		case s.index >= 0:
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		case b.Len() > 0:
			b.WriteString("." + s.name)
		default:
			b.WriteString(s.name)
		}
	}
	return b.String()
}

func notJSON(cause error) error {
	return licensing.Errorf(licensing.CodeInvalidRequest, "the body is not valid JSON").Because(cause)
}

const wrongType = " has the wrong type"

// decode is how huma reads JSON. It keeps of an error nothing but its text, which
// would tell of the types and values in here.
func decode(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	if err == nil {
		return nil
	}
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && mismatch.Field != "" {
		return errors.New(mismatch.Field + wrongType)
	}
	return errors.New("body" + wrongType)
}
