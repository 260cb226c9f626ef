package output

import (
	"bytes"
	"strings"

	"github.com/tidwall/gjson"
	"go.yaml.in/yaml/v3"
)

func (p *Printer) yaml(buf *bytes.Buffer, recs *records, _ []Column) error {
	var doc bytes.Buffer
	if err := p.document(&doc, recs); err != nil {
		return err
	}
	enc := yaml.NewEncoder(buf)
	enc.SetIndent(2)
	if err := enc.Encode(yamlNode(gjson.Parse(doc.String()))); err != nil {
		return err
	}
	return enc.Close()
}

// yamlNode keeps the order of keys and every digit of a number, which a detour
// through Go values would not.
func yamlNode(v gjson.Result) *yaml.Node {
	switch {
	case v.IsArray():
		list := &yaml.Node{Kind: yaml.SequenceNode}
		v.ForEach(func(_, item gjson.Result) bool {
			list.Content = append(list.Content, yamlNode(item))
			return true
		})
		return list
	case v.IsObject():
		object := &yaml.Node{Kind: yaml.MappingNode}
		v.ForEach(func(key, item gjson.Result) bool {
			object.Content = append(object.Content, yamlText(key.Str), yamlNode(item))
			return true
		})
		return object
	case v.Type == gjson.String:
		return yamlText(v.Str)
	default:
		return &yaml.Node{Kind: yaml.ScalarNode, Value: rawValue(v)}
	}
}

func yamlText(s string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(s)
	// Bare, << would merge mappings for some, and readers disagree on blocks that begin
	// with space and on the rarer line ends: quoted, they are escaped.
	if strings.Contains(s, "<<") || strings.TrimSpace(s) != s || strings.ContainsAny(s, "\r\u0085\u2028\u2029") {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}
