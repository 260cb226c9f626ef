package license

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

func newCmdTemplate(f *command.Factory) *cobra.Command {
	return command.NewTemplate(f, "license",
		command.Template{Verb: "add", Flag: "--from", Columns: addColumns()},
		command.Template{Verb: "extend", Flag: "--from", Columns: extendColumns()},
		command.Template{Verb: "edit", Flag: "--from", Columns: editColumns()})
}
