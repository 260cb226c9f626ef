package reseller

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	return command.NewView(f, command.View[api.ResellerViewInput, api.Reseller]{
		Text: command.Text{
			Short:   "View a reseller",
			Long:    "View a reseller, named by login or id: a sub-reseller, or your own.",
			Example: "  $ resell reseller view north",
		},
		Op:      api.ResellerView,
		Noun:    "reseller",
		Input:   func(ref string) api.ResellerViewInput { return api.ResellerViewInput{Reseller: ref} },
		Columns: details,
	})
}
