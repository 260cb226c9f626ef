package order

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	return command.NewView(f, command.View[api.OrderViewInput, api.Order]{
		Text: command.Text{
			Short:   "View an order",
			Long:    "View an order, named by its id or number, with its lines.",
			Example: "  $ resell order view ORD-2026-000001",
		},
		Op:      api.OrderView,
		Noun:    "order",
		Input:   func(ref string) api.OrderViewInput { return api.OrderViewInput{Order: ref} },
		Columns: command.OrderDetails,
	})
}
