// Package contract has the commands about contracts.
package contract

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "contract",
		Short:   "See the contracts you buy under",
		Example: "  $ resell contract list --state active",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdList(f), newCmdView(f))
	}
	return cmd
}

func columns(_ *output.Printer) []output.Column {
	return []output.Column{
		{Field: "number"},
		{Field: "name"},
		{Field: "state"},
		{Field: "currency", Spare: true},
		{Field: "starts_on", Spare: true},
		{Field: "ends_on"},
		{Field: "products"},
	}
}

func details(_ *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "number"},
		{Field: "name"},
		{Field: "state"},
		{Field: "conditions"},
		{Field: "payments"},
		{Field: "distributor"},
		{Field: "currency"},
		{Field: "starts_on"},
		{Field: "ends_on"},
		{Field: "products"},
	}
}
