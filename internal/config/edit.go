package config

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// errNotPlain is for YAML that is read well but cannot be edited without
// changing what else it says, such as an alias of another profile.
var errNotPlain = errors.New("its YAML (an alias, perhaps) is beyond what can be changed here; edit the file by hand")

// setText returns the text with value at the path of keys, and everything else
// as it was, comments and order included.
func setText(text []byte, path []string, value string) ([]byte, error) {
	fragment, err := fragmentOf(path, value)
	if err != nil {
		return nil, err
	}
	file, root, err := parseForEdit(text)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return appendFragment(text, path, value)
	}
	target, source := root, fragment
	for i, key := range path {
		entry := find(target, key)
		if entry == nil {
			source.AddColumn(column(target) - column(source))
			source.SetIsFlowStyle(target.IsFlowStyle)
			target.Values = append(target.Values, source.Values...)
			break
		}
		inner, nested := mapping(entry.Value)
		if i == len(path)-1 || !nested {
			if err := replace(entry, source); err != nil {
				return nil, err
			}
			break
		}
		next, _ := mapping(source.Values[0].Value)
		target, source = inner, next
	}
	return []byte(file.String()), nil
}

// removeText returns the text without the entry at the path of keys, or as it
// was when there is no such entry.
func removeText(text []byte, path []string) ([]byte, error) {
	file, root, err := parseForEdit(text)
	if err != nil || root == nil {
		return text, err
	}
	var parent *ast.MappingValueNode
	target := root
	for _, key := range path[:len(path)-1] {
		if parent = find(target, key); parent == nil {
			return text, nil
		}
		inner, ok := mapping(parent.Value)
		if !ok {
			return text, nil
		}
		target = inner
	}
	i := slices.IndexFunc(target.Values, func(entry *ast.MappingValueNode) bool {
		return keyOf(entry) == path[len(path)-1]
	})
	if i < 0 {
		return text, nil
	}
	if i == 0 && target == root && len(root.Values) > 1 {
		keepHeader(root.Values[0], root.Values[1])
	}
	target.Values = slices.Delete(target.Values, i, i+1)
	switch {
	case len(target.Values) > 0:
	case parent == nil:
		return nil, nil
	default:
		if parent.Value, err = emptyMapping(); err != nil {
			return nil, err
		}
	}
	return []byte(file.String()), nil
}

// keepHeader moves the comment above the file's first entry, which is often
// about the whole file, to the entry that comes first next.
func keepHeader(first, second *ast.MappingValueNode) {
	header := first.GetComment()
	if header == nil {
		return
	}
	if own := second.GetComment(); own != nil {
		header.Comments = append(header.Comments, own.Comments...)
	}
	second.Comment = header
}

// emptyMapping is {}: a block with no entries left would read as null.
func emptyMapping() (ast.Node, error) {
	_, root, err := parseForEdit([]byte("empty: {}\n"))
	if err != nil {
		return nil, err
	}
	return root.Values[0].Value, nil
}

// parseForEdit returns the first document's mapping, nil when there is none
// yet: an empty file, or one of comments only.
func parseForEdit(text []byte) (*ast.File, *ast.MappingNode, error) {
	file, err := parser.ParseBytes(text, parser.ParseComments)
	if err != nil {
		return nil, nil, withLine(err)
	}
	if len(file.Docs) == 0 {
		return file, nil, nil
	}
	root, _ := file.Docs[0].Body.(*ast.MappingNode)
	if root != nil && len(root.Values) == 0 {
		root = nil
	}
	return file, root, nil
}

// fragmentOf returns a document that holds nothing but value at the path.
func fragmentOf(path []string, value string) (*ast.MappingNode, error) {
	text, err := appendFragment(nil, path, value)
	if err != nil {
		return nil, err
	}
	_, root, err := parseForEdit(text)
	return root, err
}

func appendFragment(text []byte, path []string, value string) ([]byte, error) {
	var content any = value
	for _, key := range slices.Backward(path) {
		content = yaml.MapSlice{{Key: key, Value: content}}
	}
	fragment, err := yaml.Marshal(content)
	if err != nil {
		return nil, fmt.Errorf("write YAML: %w", err)
	}
	if text = bytes.TrimSpace(text); len(text) == 0 || string(text) == "{}" {
		return fragment, nil
	}
	return append(append(slices.Clip(text), '\n'), fragment...), nil
}

// replace gives entry the value of source's only entry, and keeps the comment
// behind a single value.
func replace(entry *ast.MappingValueNode, source *ast.MappingNode) error {
	value := source.Values[0].Value
	switch entry.Value.(type) {
	case *ast.AliasNode, *ast.AnchorNode:
		return errNotPlain
	}
	if comment := entry.Value.GetComment(); comment != nil {
		if err := value.SetComment(comment); err != nil {
			return fmt.Errorf("keep comment: %w", err)
		}
	}
	source.AddColumn(entry.Key.GetToken().Position.Column - column(source))
	entry.Value = value
	return nil
}

func find(node *ast.MappingNode, key string) *ast.MappingValueNode {
	for _, entry := range node.Values {
		if keyOf(entry) == key {
			return entry
		}
	}
	return nil
}

// mapping returns the mapping that node is, if it holds anything: one to add
// to rather than to replace.
func mapping(node ast.Node) (*ast.MappingNode, bool) {
	if anchor, ok := node.(*ast.AnchorNode); ok {
		node = anchor.Value
	}
	found, ok := node.(*ast.MappingNode)
	return found, ok && len(found.Values) > 0
}

func keyOf(entry *ast.MappingValueNode) string { return entry.Key.GetToken().Value }

func column(node *ast.MappingNode) int { return node.Values[0].Key.GetToken().Position.Column }
