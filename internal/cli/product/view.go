package product

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	return command.NewView(f, command.View[api.ProductViewInput, api.Product]{
		Text: command.Text{
			Short:   "View a product",
			Long:    "View a product, named by its id or SKU.",
			Example: "  $ resell product view mdm-device",
		},
		Op:      api.ProductView,
		Noun:    "product",
		Input:   func(ref string) api.ProductViewInput { return api.ProductViewInput{Product: ref} },
		Columns: details,
	})
}
