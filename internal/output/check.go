package output

import (
	"fmt"
	"reflect"

	"github.com/itchyny/gojq"
)

// Check tells, before there is anything to print, whether a result of v's type could
// be printed as asked: the format, the fields and columns, the jq expression and the
// template, with the fields that it names. A command that changes something asks first:
// to fail at printing, after the change, would be too late. It returns a *FieldError for
// an unknown field or column.
func (p *Printer) Check(v any) error {
	if _, err := p.renderer(); err != nil {
		return err
	}
	fields := schemaOf(elementType(reflect.TypeOf(v)))
	if err := fields.check(p.o.Fields); err != nil {
		return err
	}
	if err := fields.check(p.o.Columns); err != nil {
		return err
	}
	if p.o.JQ != "" {
		_, err := compileJQ(p.o.JQ)
		return err
	}
	if p.o.Template != "" {
		parsed, err := parseTemplate(p.o.Template)
		if err != nil {
			return err
		}
		return checkTemplate(parsed, reflect.TypeOf(v))
	}
	return nil
}

func compileJQ(expression string) (*gojq.Code, error) {
	query, err := gojq.Parse(expression)
	if err != nil {
		return nil, fmt.Errorf("parse jq expression: %w", err)
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, fmt.Errorf("compile jq expression: %w", err)
	}
	return code, nil
}
