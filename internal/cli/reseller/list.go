package reseller

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	return command.NewList(f, "list", command.Listing[api.ResellerListInput, api.ResellerFilter, api.Reseller]{
		Text: command.Text{
			Short: "List sub-resellers",
			Long:  "List your sub-resellers and theirs, newest first. The vendor sees every reseller.",
			Example: "  $ resell reseller list\n" +
				"  $ resell reseller list --parent north --json login,credits",
		},
		Op: api.ResellerList,
		Input: func(filter api.ResellerFilter) api.ResellerListInput {
			return api.ResellerListInput{ResellerFilter: filter}
		},
		Columns: columns,
	})
}
