package order

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	return command.NewList(f, "list", command.Listing[api.OrderListInput, api.OrderFilter, api.Order]{
		Text: command.Text{
			Short: "List orders",
			Long:  "List orders, newest first.",
			Example: "  $ resell order list --since 2026-11-01 --product mdm-device\n" +
				"  $ resell order list --number ORD-2026-000001 -o json",
		},
		Op:      api.OrderList,
		Input:   func(filter api.OrderFilter) api.OrderListInput { return api.OrderListInput{OrderFilter: filter} },
		Columns: columns,
	})
}
