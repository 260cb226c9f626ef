package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/resell-cli/resell/internal/privatefile"
)

const (
	profileKey  = "profile"
	profilesKey = "profiles"
)

// document is config.yaml: its text, and what the text says.
type document struct {
	text     []byte
	profile  string
	names    []string // of the profiles, in the file's order
	profiles map[string]map[string]string
	others   []string // what else is on the first level
}

func readDocument(path string) (document, error) {
	text, err := privatefile.Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return parseDocument(nil)
	}
	if err != nil {
		return document{}, fmt.Errorf("read config: %w", err)
	}
	parsed, err := parseDocument(text)
	if err != nil {
		return document{}, fmt.Errorf(
			"read config %s: %w; correct it, or move the file away to start afresh", path, err)
	}
	return parsed, nil
}

// parseDocument reads the text. Settings of other versions of the CLI are
// kept in the text and otherwise ignored.
func parseDocument(text []byte) (document, error) {
	// Windows editors leave a byte order mark and CRLF, which the YAML library
	// would write back as a second key and as blank lines.
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	var content struct {
		Profile  setting                       `yaml:"profile"`
		Profiles map[string]map[string]setting `yaml:"profiles"`
	}
	if err := yaml.Unmarshal(text, &content); err != nil {
		return document{}, withLine(err)
	}
	var ordered struct {
		Profiles yaml.MapSlice `yaml:"profiles"`
	}
	if err := yaml.Unmarshal(text, &ordered); err != nil {
		return document{}, withLine(err)
	}
	parsed := document{
		text:     text,
		profile:  string(content.Profile),
		profiles: make(map[string]map[string]string, len(content.Profiles)),
	}
	for name, settings := range content.Profiles {
		parsed.profiles[name] = make(map[string]string, len(settings))
		for key, value := range settings {
			parsed.profiles[name][key] = string(value)
		}
	}
	var all yaml.MapSlice
	if err := yaml.Unmarshal(text, &all); err != nil {
		return document{}, withLine(err)
	}
	for _, item := range all {
		if name := fmt.Sprint(item.Key); name != profileKey && name != profilesKey {
			parsed.others = append(parsed.others, name)
		}
	}
	for _, item := range ordered.Profiles {
		if item.Key == nil {
			continue
		}
		parsed.names = append(parsed.names, fmt.Sprint(item.Key))
	}
	return parsed, nil
}

// saysSame reports whether both texts have the same profiles and settings.
func (d document) saysSame(other document) bool {
	return d.profile == other.profile &&
		maps.EqualFunc(d.profiles, other.profiles, maps.Equal[map[string]string])
}

// setting is a value in the file, as its writer spelled it: 0123 and 1.50 are
// text here, not numbers.
type setting string

// UnmarshalYAML takes any single value; it refuses lists and mappings.
func (s *setting) UnmarshalYAML(node ast.Node) error {
	switch value := node.(type) {
	case *ast.NullNode:
		*s = ""
	case *ast.StringNode:
		*s = setting(value.Value)
	case *ast.TagNode:
		return s.UnmarshalYAML(value.Value)
	case *ast.LiteralNode:
		*s = setting(value.Value.Value)
	case ast.ScalarNode:
		*s = setting(value.GetToken().Value)
	default:
		return fmt.Errorf("line %d: a setting must be a single value", node.GetToken().Position.Line)
	}
	return nil
}

// withLine keeps the line and the message of a YAML error and drops the
// excerpt of the file that comes with them: it may show a misplaced secret.
func withLine(err error) error {
	var syntax yaml.Error
	if errors.As(err, &syntax) && syntax.GetToken() != nil {
		return fmt.Errorf("line %d: %s", syntax.GetToken().Position.Line, syntax.GetMessage())
	}
	return err
}
