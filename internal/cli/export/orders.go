package export

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdOrders(f *command.Factory, format string) *cobra.Command {
	var filter api.OrderFilter
	return newCmd(f, format, "orders", &filter, func(ctx context.Context, o *options) error {
		return command.Export(ctx, f, o.ExportFlags, api.ExportOrders, api.ExportOrdersInput{ExportFormat: o.ExportFormat, OrderFilter: filter})
	})
}
