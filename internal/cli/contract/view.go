package contract

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	return command.NewView(f, command.View[api.ContractViewInput, api.Contract]{
		Text: command.Text{
			Short:   "View a contract",
			Long:    "View a contract, named by its id or number.",
			Example: "  $ resell contract view K-2026-01",
		},
		Op:      api.ContractView,
		Noun:    "contract",
		Input:   func(ref string) api.ContractViewInput { return api.ContractViewInput{Contract: ref} },
		Columns: details,
	})
}
