package output

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"
)

// selection is a set of dotted paths, found in one pass over an object.
type selection struct {
	root  node
	count int
}

// node is one name of a path. Siblings keep the order they were asked for in.
type node struct {
	name     string
	children []*node
	slots    []int // which of the paths end here
}

func newSelection(paths []string) *selection {
	sel := &selection{count: len(paths)}
	for i, path := range paths {
		n := &sel.root
		for name := range strings.SplitSeq(path, ".") {
			n = n.grow(name)
		}
		n.slots = append(n.slots, i)
	}
	return sel
}

func (n *node) grow(name string) *node {
	if c := n.child(name); c != nil {
		return c
	}
	c := &node{name: name}
	n.children = append(n.children, c)
	return c
}

func (n *node) child(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// fill puts each selected value into its path's slot; an absent one stays zero,
// which reads as null.
func (n *node) fill(object gjson.Result, values []gjson.Result) {
	if !object.IsObject() {
		return
	}
	object.ForEach(func(key, value gjson.Result) bool {
		c := n.child(key.Str)
		if c == nil {
			return true
		}
		for _, slot := range c.slots {
			values[slot] = value
		}
		if len(c.children) > 0 {
			c.fill(value, values)
		}
		return true
	})
}

// writeJSON writes an object of the selected fields only, nested as they were,
// absent ones as null.
func (n *node) writeJSON(buf *bytes.Buffer, values []gjson.Result) {
	if len(n.slots) > 0 {
		buf.WriteString(rawValue(values[n.slots[0]]))
		return
	}
	buf.WriteByte('{')
	for i, c := range n.children {
		if i > 0 {
			buf.WriteByte(',')
		}
		key, _ := json.Marshal(c.name) //nolint:errchkjson // a string always encodes
		buf.Write(key)
		buf.WriteByte(':')
		c.writeJSON(buf, values)
	}
	buf.WriteByte('}')
}

func rawValue(v gjson.Result) string {
	if v.Raw == "" {
		return "null"
	}
	return v.Raw
}

// plain is a value as data formats show it: strings without quotes, null as
// nothing, lists and objects as compact JSON.
func plain(v gjson.Result) string {
	switch v.Type {
	case gjson.Null:
		return ""
	case gjson.String:
		return v.Str
	default:
		return v.Raw
	}
}

// decoded converts a value to nil, bool, string, []any, map[string]any or,
// through number, whatever stands for a number.
func decoded(v gjson.Result, number func(json.Number) any) any {
	switch {
	case v.Type == gjson.Null:
		return nil
	case v.Type == gjson.True || v.Type == gjson.False:
		return v.Bool()
	case v.Type == gjson.String:
		return v.Str
	case v.Type == gjson.Number:
		return number(json.Number(v.Raw))
	case v.IsArray():
		list := []any{}
		v.ForEach(func(_, item gjson.Result) bool {
			list = append(list, decoded(item, number))
			return true
		})
		return list
	default:
		object := map[string]any{}
		v.ForEach(func(key, item gjson.Result) bool {
			object[key.Str] = decoded(item, number)
			return true
		})
		return object
	}
}

func exactNumber(n json.Number) any { return n }
