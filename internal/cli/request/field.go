package request

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/command"
)

// largest is the most that is read of a body or of the file of a field, in bytes.
const largest = 64 << 20

// parseFields reads --raw-field, whose values are text, and --field, whose values may be
// more. Names may be nested: lines[][product]=a, company[name]=b, scopes[]=c.
func (o *options) parseFields() (map[string]any, error) {
	fields := make(map[string]any)
	for _, field := range o.rawFields {
		name, text, ok := strings.Cut(field, "=")
		if !ok || name == "" {
			return nil, command.Usage("--raw-field takes name=text")
		}
		if err := put(fields, name, text); err != nil {
			return nil, err
		}
	}
	for _, field := range o.fields {
		name, text, ok := strings.Cut(field, "=")
		if !ok || name == "" {
			return nil, command.Usage("--field takes name=value or name:=json")
		}
		value, err := o.typed(&name, text)
		if err != nil {
			return nil, err
		}
		if err := put(fields, name, value); err != nil {
			return nil, err
		}
	}
	return fields, nil
}

// typed is the value of a --field: what JSON says after :=, the content of a file after
// @, true, false, null and whole numbers for themselves, and text otherwise.
func (o *options) typed(name *string, text string) (any, error) {
	if plain, isJSON := strings.CutSuffix(*name, ":"); isJSON {
		*name = plain
		var v any
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		if err := decoder.Decode(&v); err != nil {
			return nil, command.Usage("--field %s: what follows := is not JSON", plain)
		}
		return v, nil
	}
	switch text {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil //nolint:nilnil // it is the value that was asked for
	}
	if file, isFile := strings.CutPrefix(text, "@"); isFile {
		content, err := o.read("--field "+*name, file)
		return strings.TrimSuffix(strings.TrimSuffix(string(content), "\n"), "\r"), err // as $(cat file) is
	}
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return json.Number(text), nil
	}
	return text, nil
}

// put stores a value under a name such as a, a[b] or a[].
func put(fields map[string]any, name string, value any) error {
	first, rest, nested := strings.Cut(name, "[")
	if !nested {
		if _, taken := fields[name]; taken {
			return command.Usage("the field %s is given twice", name)
		}
		fields[name] = value
		return nil
	}
	inner, after, closed := strings.Cut(rest, "]")
	if first == "" || !closed || after != "" && after[0] != '[' {
		return command.Usage("the name %s is not of the form a, a[b] or a[]", name)
	}
	if inner != "" {
		return putInto(fields, first, name, inner+after, value)
	}
	return putInList(fields, name, first, after, value)
}

// putInList adds a value to a list, or a field to the last object of one.
func putInList(fields map[string]any, name, first, after string, value any) error {
	list, isList := fields[first].([]any)
	if fields[first] != nil && !isList {
		return command.Usage("the field %s is a list and something else", first)
	}
	if after == "" {
		fields[first] = append(list, value)
		return nil
	}
	// A further field of the list's last object, or the first of the next.
	key, deeper, closed := strings.Cut(after[1:], "]")
	if key == "" || !closed {
		return command.Usage("the name %s is not of the form a, a[b] or a[]", name)
	}
	if len(list) > 0 {
		last, isObject := list[len(list)-1].(map[string]any)
		if _, taken := last[key]; isObject && !taken {
			return put(last, key+deeper, value)
		}
	}
	next := map[string]any{}
	fields[first] = append(list, next)
	return put(next, key+deeper, value)
}

func putInto(fields map[string]any, first, name, inner string, value any) error {
	object, isObject := fields[first].(map[string]any)
	switch {
	case fields[first] == nil:
		object = map[string]any{}
		fields[first] = object
	case !isObject:
		return command.Usage("the field %s has fields and is something else: %s", first, name)
	}
	return put(object, inner, value)
}

// queryOf are fields as parameters.
func queryOf(fields map[string]any) (url.Values, error) {
	query := make(url.Values)
	for name, value := range fields {
		switch v := value.(type) {
		case map[string]any:
			return nil, command.Usage("the field %s has fields of its own, which a GET cannot carry", name)
		case []any:
			for _, one := range v {
				query.Add(name, fmt.Sprint(one))
			}
		case nil:
			query.Set(name, "null")
		default:
			query.Set(name, fmt.Sprint(v))
		}
	}
	return query, nil
}

// read reads a file, or standard input for -, for a flag.
func (o *options) read(flag, name string) ([]byte, error) {
	in := o.Stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, command.Usage("%s: %s", flag, err)
		}
		defer func() { _ = file.Close() }() // it was only read
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, largest+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", flag, err)
	}
	if len(text) > largest {
		return nil, command.Usage("%s: more than 64 MiB", flag)
	}
	return text, nil
}
