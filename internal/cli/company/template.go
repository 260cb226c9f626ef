package company

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

func newCmdTemplate(f *command.Factory) *cobra.Command {
	return command.NewTemplate(f, "company",
		command.Template{Verb: "import", Flag: "--file", Columns: importColumns()},
		command.Template{Verb: "edit", Flag: "--from", Columns: editColumns()})
}
