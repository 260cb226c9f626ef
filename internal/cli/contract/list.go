package contract

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	return command.NewList(f, "list", command.Listing[api.ContractListInput, api.ContractFilter, api.Contract]{
		Text: command.Text{
			Short: "List contracts",
			Long:  "List the contracts you buy under, newest first.",
			Example: "  $ resell contract list\n" +
				"  $ resell contract list --state active --json number,products",
		},
		Op: api.ContractList,
		Input: func(filter api.ContractFilter) api.ContractListInput {
			return api.ContractListInput{ContractFilter: filter}
		},
		Columns: columns,
	})
}
