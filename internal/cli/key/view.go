package key

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	return command.NewView(f, command.View[api.KeyViewInput, api.Key]{
		Text: command.Text{
			Short:   "View a key",
			Long:    "View an activation key, named by its id or code, in any case, with or without hyphens.",
			Example: "  $ resell key view 0A1B-2C3D-4E5F-6G7H",
		},
		Op:      api.KeyView,
		Noun:    "key",
		Input:   func(ref string) api.KeyViewInput { return api.KeyViewInput{Key: ref} },
		Columns: details,
	})
}
