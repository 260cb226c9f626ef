package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/api"
)

// encode makes the request of op from the tags of in.
func encode[I, O any](op api.Op[I, O], in I) (*request, error) {
	e := encoder{path: map[string]string{}, query: url.Values{}, header: http.Header{}}
	if err := e.fields(reflect.ValueOf(in)); err != nil {
		return nil, err
	}
	path, err := e.fill(op.Path)
	if err != nil {
		return nil, err
	}
	return &request{method: op.Method, preview: op.Preview, target: withQuery(path, e.query), header: e.header, body: e.body}, nil
}

type encoder struct {
	path   map[string]string
	query  url.Values
	header http.Header
	body   []byte
}

func (e *encoder) fields(v reflect.Value) error {
	for field, value := range v.Fields() {
		var err error
		switch {
		case field.Name == "Body":
			err = e.setBody(value)
		case field.Anonymous && value.Kind() == reflect.Struct:
			err = e.fields(value)
		default:
			err = e.field(field, value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) setBody(value reflect.Value) error {
	body, err := json.Marshal(value.Interface())
	if err != nil {
		return fmt.Errorf("encode body: %w", err)
	}
	e.body = body
	e.header.Set(headerContentType, typeJSON)
	return nil
}

func (e *encoder) field(field reflect.StructField, value reflect.Value) error {
	text, given, err := plain(value)
	if err != nil {
		return fmt.Errorf("encode %s: %w", field.Name, err)
	}
	if name, ok := field.Tag.Lookup("path"); ok {
		e.path[name] = text
	}
	if !given {
		return nil
	}
	if name, ok := field.Tag.Lookup("query"); ok {
		e.query.Set(name, text)
	}
	if name, ok := field.Tag.Lookup("header"); ok {
		if !validHeaderValue(text) {
			return &ArgumentError{Name: name, Reason: "must not contain control characters"}
		}
		e.header.Set(name, text)
	}
	return nil
}

// plain is value as text, and whether it was given: a zero value is not, a pointer
// to one is.
func plain(value reflect.Value) (text string, given bool, err error) {
	if value.Kind() == reflect.Pointer {
		if value.IsNil() {
			return "", false, nil
		}
		text, _, err = plain(value.Elem())
		return text, true, err
	}
	switch {
	case value.Kind() == reflect.String:
		text = value.String()
	case value.Kind() == reflect.Bool:
		text = strconv.FormatBool(value.Bool())
	case value.CanInt():
		text = strconv.FormatInt(value.Int(), 10)
	default:
		return "", false, fmt.Errorf("a %s has no place in a path, query or header", value.Type())
	}
	return text, !value.IsZero(), nil
}

// fill puts the parameters into a template such as /v1/licenses/{license}/extend.
// An empty one is refused, for it would turn a view into a list, and so is one of
// dots, which servers and proxies take for a step up.
func (e *encoder) fill(template string) (string, error) {
	var path strings.Builder
	rest := template
	for {
		before, after, found := strings.Cut(rest, "{")
		path.WriteString(before)
		if !found {
			return path.String(), nil
		}
		name, after, found := strings.Cut(after, "}")
		value, declared := e.path[name]
		switch {
		case !found || !declared:
			return "", fmt.Errorf("path %s: the input has no parameter %q", template, name)
		case strings.TrimSpace(value) == "":
			return "", &ArgumentError{Name: name, Reason: "must not be empty"}
		case value == "." || value == "..":
			return "", &ArgumentError{Name: name, Reason: "must not be . or .."}
		}
		path.WriteString(url.PathEscape(value))
		rest = after
	}
}

func withQuery(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

func validHeaderValue(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
