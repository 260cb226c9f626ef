package main

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/cli"
	"github.com/resell-cli/resell/internal/server"
)

const schemaIntro = `# What the commands print as JSON

Each file is the JSON Schema (draft 2020-12) of one resource, as ` + "`-o json`" + `, ` + "`-o ndjson`" + ` and ` + "`-o yaml`" + `
print it. A command that lists, or makes several, prints an array of it. Later versions may add fields; they take none
away, and change the meaning of none, without saying so in the changelog.

| command | prints |
|---|---|
`

// addSchemas adds a JSON Schema of everything that commands print, and the table of
// which command prints what.
func addSchemas(files map[string][]byte, tree cli.Tree) error {
	types := make(map[string]reflect.Type)
	var table bytes.Buffer
	table.WriteString(schemaIntro)
	var walk func(cmd *cobra.Command) error
	walk = func(cmd *cobra.Command) error {
		var links []string
		for _, resource := range tree.Results(cmd) {
			if known := types[resource.Name]; known != nil && known != resource.Type {
				return fmt.Errorf("%s prints a %s that is another one than before", cmd.CommandPath(), resource.Name)
			}
			types[resource.Name] = resource.Type
			links = append(links, fmt.Sprintf("[%s](%[1]s.schema.json)", resource.Name))
		}
		if len(links) > 0 {
			fmt.Fprintf(&table, "| `%s` | %s |\n", cmd.CommandPath(), strings.Join(links, ", "))
		}
		for _, child := range cmd.Commands() {
			if err := walk(child); err != nil {
				return err
			}
		}
		return nil
	}
	if err := walk(tree.Root); err != nil {
		return err
	}
	for name, t := range types {
		schema, err := server.Schema(t, name)
		if err != nil {
			return err
		}
		files["docs/schema/"+name+".schema.json"] = schema
	}
	files["docs/schema/README.md"] = table.Bytes()
	return nil
}
