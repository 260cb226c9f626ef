package command

import (
	"encoding/csv"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// Template is an example of the files that a verb takes.
type Template struct {
	Verb    string // add
	Flag    string // that names the file: --from
	Columns []BulkColumn
}

// NewTemplate makes the command template of a noun, for the verbs that take files. The
// first of them is that of the example unless another is asked for.
func NewTemplate(f *Factory, noun string, templates ...Template) *cobra.Command {
	group := &cobra.Command{
		Use: "template", Short: "Print an example of the files that verbs take",
		Example: "  $ resell " + noun + " template csv",
	}
	if f.Wants(group) {
		group.AddCommand(newTemplateCSV(f, noun, templates))
	}
	return group
}

func newTemplateCSV(f *Factory, noun string, templates []Template) *cobra.Command {
	verbs := make([]string, len(templates))
	help := []string{"Print a CSV file with all columns and a row as an example, to be filled in."}
	var examples []string
	for i, t := range templates {
		verbs[i] = t.Verb
		help = append(help, ColumnHelp("Columns of resell "+noun+" "+t.Verb+" "+t.Flag+":", t.Columns))
		examples = append(examples, "  $ resell "+noun+" template csv --verb "+t.Verb+" > "+t.Verb+".csv")
	}
	verb := verbs[0]
	cmd := &cobra.Command{
		Use: "csv", Short: "Print an example as CSV",
		Long:    strings.Join(help, "\n\n"),
		Example: strings.Join(examples, "\n"),
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return templates[slices.Index(verbs, verb)].write(f)
		},
	}
	BindWord(cmd, &verb, "verb", "the `verb` that the file is for", verbs...)
	return cmd
}

func (t Template) write(f *Factory) error {
	row := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		row[i] = c.Example
	}
	return csv.NewWriter(f.Stdout).WriteAll([][]string{columnNames(t.Columns), row})
}
