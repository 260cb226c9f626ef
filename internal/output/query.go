package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/template"

	"github.com/itchyny/gojq"
	"github.com/tidwall/gjson"
)

// QueryError is a jq expression that does not fit what it is run on.
type QueryError struct {
	Err  error
	List bool // it is run on a list, and not on one resource
}

// Error tells what does not fit.
func (e *QueryError) Error() string { return "run jq expression: " + e.Err.Error() }

// Unwrap is the error of jq.
func (e *QueryError) Unwrap() error { return e.Err }

func (p *Printer) jq(buf *bytes.Buffer, recs *records, _ []Column) error {
	code, err := compileJQ(p.o.JQ)
	if err != nil {
		return err
	}
	value, err := p.value(recs, exactNumber)
	if err != nil {
		return err
	}
	results := code.Run(value)
	for {
		result, ok := results.Next()
		if !ok {
			return nil
		}
		if err, failed := result.(error); failed {
			var halt *gojq.HaltError
			if errors.As(err, &halt) && halt.Value() == nil {
				return nil
			}
			return &QueryError{Err: err, List: !recs.one}
		}
		if err := writeResult(buf, result); err != nil {
			return err
		}
	}
}

func writeResult(buf *bytes.Buffer, result any) error {
	if s, ok := result.(string); ok {
		buf.WriteString(s)
	} else {
		b, err := gojq.Marshal(result)
		if err != nil {
			return fmt.Errorf("encode jq result: %w", err)
		}
		buf.Write(b)
	}
	buf.WriteByte('\n')
	return nil
}

func (p *Printer) template(buf *bytes.Buffer, recs *records, _ []Column) error {
	tmpl, err := parseTemplate(p.o.Template)
	if err != nil {
		return err
	}
	value, err := p.value(recs, goNumber)
	if err != nil {
		return err
	}
	if err := tmpl.Execute(buf, value); err != nil {
		return fmt.Errorf("run template: %w", err)
	}
	if buf.Len() > 0 && !bytes.HasSuffix(buf.Bytes(), []byte("\n")) {
		buf.WriteByte('\n')
	}
	return nil
}

// value is the JSON document decoded: what jq and templates work on.
func (p *Printer) value(recs *records, number func(json.Number) any) (any, error) {
	var doc bytes.Buffer
	if err := p.document(&doc, recs); err != nil {
		return nil, err
	}
	return decoded(gjson.Parse(doc.String()), number), nil
}

func templateFuncs() template.FuncMap {
	return template.FuncMap{
		"json": func(v any) (string, error) {
			var buf bytes.Buffer
			err := encode(&buf, v)
			return strings.TrimSuffix(buf.String(), "\n"), err
		},
		"join": func(separator string, list []any) string {
			words := make([]string, len(list))
			for i, v := range list {
				words[i] = fmt.Sprint(v)
			}
			return strings.Join(words, separator)
		},
		"money": FormatMoney,
	}
}

// goNumber is n as an int64 or a float64, which templates can compare, or as
// its digits when it is too large for either to hold.
func goNumber(n json.Number) any {
	if i, err := n.Int64(); err == nil {
		return i
	}
	if f, err := n.Float64(); err == nil && strings.ContainsAny(n.String(), ".eE") {
		return f
	}
	return n
}
