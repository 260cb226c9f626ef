package clitest_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/cli"
)

// checkSchema says where the JSON that a command has printed is not as docs/schema has
// it. It knows nothing of what fields, expressions and templates make of it.
func checkSchema(args []string, stdout string) error {
	whole := slices.ContainsFunc(args, func(arg string) bool { return arg == "json" || strings.HasSuffix(arg, "=json") })
	for _, flag := range []string{"--json", "--jq", "--template", "--help"} {
		whole = whole && !slices.Contains(args, flag)
	}
	if !whole || stdout == "" {
		return nil
	}
	tree := cli.NewTree(cli.Process{})
	cmd, _, err := tree.Root.Find(args)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(stdout))
	if err != nil {
		return fmt.Errorf("%s prints no JSON: %w", cmd.CommandPath(), err)
	}
	var reasons []error
	for _, resource := range tree.Results(cmd) {
		err := conforms(resource.Name, value)
		if err == nil {
			return nil
		}
		reasons = append(reasons, err)
	}
	return errors.Join(reasons...)
}

// conforms holds a value, or each of a list, against a file of docs/schema.
func conforms(resource string, value any) error {
	schemas, err := publishedSchemas()
	if err != nil {
		return err
	}
	schema := schemas[resource]
	if schema == nil {
		return fmt.Errorf("docs/schema has no %s", resource)
	}
	items, ok := value.([]any)
	if !ok {
		items = []any{value}
	}
	for _, item := range items {
		if err := schema.Validate(item); err != nil {
			return fmt.Errorf("not a %s: %w", resource, err)
		}
	}
	return nil
}

// Compiling them takes longer than many scripts.
var publishedSchemas = sync.OnceValues(readSchemas)

func readSchemas() (map[string]*jsonschema.Schema, error) {
	const ending = ".schema.json"
	files, err := filepath.Glob(filepath.Join("..", "..", "docs", "schema", "*"+ending))
	if err != nil {
		return nil, err
	}
	schemas := make(map[string]*jsonschema.Schema)
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		doc, err := jsonschema.UnmarshalJSON(file)
		if err := errors.Join(err, file.Close()); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource(name, doc); err != nil {
			return nil, err
		}
		if schemas[strings.TrimSuffix(filepath.Base(name), ending)], err = compiler.Compile(name); err != nil {
			return nil, err
		}
	}
	return schemas, nil
}

// A check that notices nothing would prove nothing.
func TestSchemasNoticeBreaches(t *testing.T) {
	t.Parallel()
	args := []string{"company", "location", "list", "example.edu", "-o", "json"}
	const location = `{"id":"loc_1","company_id":"com_1","name":"North","address":"","postal_code":"","city":"","country":"NL","created_at":"2026-11-21T12:00:00Z"}`
	require.NoError(t, checkSchema(args, "[]"))
	require.NoError(t, checkSchema(args, "["+location+"]"))
	require.NoError(t, checkSchema(append(args, "--jq", "length"), "1"))
	for name, printed := range map[string]string{
		"no JSON": "loc_1", "a field is missing": strings.Replace(location, `"city":"",`, "", 1),
		"of another type": strings.Replace(location, `"NL"`, "31", 1), "null": strings.Replace(location, `"NL"`, "null", 1),
		"in a list": "[" + location + ",{}]",
	} {
		require.Error(t, checkSchema(args, printed), name)
	}
}

// Every resource that is published is one that commands print, and the other way round.
func TestSchemasAreOfCommands(t *testing.T) {
	t.Parallel()
	schemas, err := publishedSchemas()
	require.NoError(t, err)
	tree := cli.NewTree(cli.Process{})
	printed := make(map[string]bool)
	for _, cmd := range commandsOf(tree.Root) {
		for _, resource := range tree.Results(cmd) {
			printed[resource.Name] = true
			require.Contains(t, schemas, resource.Name, "of %s", cmd.CommandPath())
		}
	}
	require.Len(t, schemas, len(printed))
}
