package output

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

func parseTemplate(text string) (*template.Template, error) {
	parsed, err := template.New("template").Funcs(templateFuncs()).Parse(text)
	if err != nil {
		return nil, fmt.Errorf("parse template: %w", err)
	}
	return parsed, nil
}

// checkTemplate returns a *FieldError for a field that a template names and results of
// type t have not: the template would print "<no value>" for it. What is reached through
// variables and functions is not known beforehand, and let pass.
func checkTemplate(parsed *template.Template, t reflect.Type) error {
	return fieldCheck{elementType(t)}.list(parsed.Root, elementType(t))
}

// fieldCheck walks a template. A type is nil where it is not known.
type fieldCheck struct{ root reflect.Type }

func (c fieldCheck) list(list *parse.ListNode, dot reflect.Type) error {
	if list == nil {
		return nil
	}
	for _, node := range list.Nodes {
		if err := c.node(node, dot); err != nil {
			return err
		}
	}
	return nil
}

func (c fieldCheck) node(node parse.Node, dot reflect.Type) error {
	switch n := node.(type) {
	case *parse.ActionNode:
		_, err := c.pipe(n.Pipe, dot)
		return err
	case *parse.IfNode:
		return c.branch(&n.BranchNode, dot, func(reflect.Type) reflect.Type { return dot })
	case *parse.WithNode:
		return c.branch(&n.BranchNode, dot, func(t reflect.Type) reflect.Type { return t })
	case *parse.RangeNode:
		return c.branch(&n.BranchNode, dot, func(t reflect.Type) reflect.Type {
			if t == c.root { // a list of them
				return t
			}
			return itemType(t)
		})
	}
	return nil
}

// branch checks a block, and what stands in it with the dot that it has there.
func (c fieldCheck) branch(n *parse.BranchNode, dot reflect.Type, inside func(reflect.Type) reflect.Type) error {
	t, err := c.pipe(n.Pipe, dot)
	if err != nil {
		return err
	}
	if err := c.list(n.List, inside(t)); err != nil {
		return err
	}
	return c.list(n.ElseList, dot)
}

// pipe checks the fields of a pipeline, and gives its type where it is one of them.
func (c fieldCheck) pipe(pipe *parse.PipeNode, dot reflect.Type) (last reflect.Type, err error) {
	if pipe == nil {
		return last, nil
	}
	for _, command := range pipe.Cmds {
		for _, arg := range command.Args {
			t, err := c.argument(arg, dot)
			if err != nil {
				return nil, err
			}
			last = t
		}
		if len(command.Args) > 1 || len(pipe.Cmds) > 1 {
			last = nil // of a function
		}
	}
	return last, nil
}

func (c fieldCheck) argument(arg parse.Node, dot reflect.Type) (found reflect.Type, err error) {
	switch a := arg.(type) {
	case *parse.DotNode:
		return dot, nil
	case *parse.FieldNode:
		return fieldType(dot, a.Ident)
	case *parse.VariableNode:
		if a.Ident[0] == "$" {
			return fieldType(c.root, a.Ident[1:])
		}
	case *parse.PipeNode:
		return c.pipe(a, dot)
	}
	return found, nil
}

// fieldType is the type at the end of a path of fields.
func fieldType(t reflect.Type, path []string) (reflect.Type, error) {
	for i, name := range path {
		if t = structType(t); t == nil {
			return t, nil
		}
		fields := jsonFields(t)
		at := slices.IndexFunc(fields, func(f jsonField) bool { return f.name == name })
		if at < 0 {
			valid := make([]string, len(fields))
			for k, f := range fields {
				valid[k] = strings.Join(append(slices.Clone(path[:i]), f.name), ".")
			}
			return nil, &FieldError{Unknown: strings.Join(path[:i+1], "."), Valid: valid}
		}
		t = fields[at].typ
	}
	return t, nil
}

// structType is t, or what it points to, where that has fields that are known.
func structType(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct || encodesItself(t) {
		return nil
	}
	return t
}

// itemType is that of the items of a list.
func itemType(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Slice || encodesItself(t) {
		return nil
	}
	return t.Elem()
}
