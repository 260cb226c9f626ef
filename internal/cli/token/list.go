package token

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	return command.NewList(f, "list", command.Listing[api.TokenListInput, api.TokenFilter, api.Token]{
		Text: command.Text{
			Short: "List tokens",
			Long:  "List the tokens that were made for machines and those that people have signed in for, newest first.",
			Example: "  $ resell token list --state active\n" +
				"  $ resell token list --user ann --json id,name,expires_at",
		},
		Op: api.TokenList,
		Input: func(filter api.TokenFilter) api.TokenListInput {
			return api.TokenListInput{TokenFilter: filter}
		},
		Columns: columns,
	})
}
