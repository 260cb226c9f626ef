package invoice

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	var in api.InvoiceListInput
	var limit command.LimitFlag
	var sent, received bool
	cmd := &cobra.Command{
		Use: "list", Aliases: []string{"ls"}, Short: "List invoices",
		Long: `List invoices and credit notes, newest first: those sent to companies, or those received from the
vendor for orders. A reseller sees its sub-resellers' as well.`,
		Example: "  $ resell invoice list --company example.edu --state sent\n" +
			"  $ resell invoice list --received --order ORD-2026-000001\n" +
			"  $ resell invoice list --since 2026-11-01 --json number,amount,mailed_at",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return listRun(cmd.Context(), f, in, limit.Limit, received)
		},
	}
	command.BindFilter(cmd, &in.InvoiceFilter)
	cmd.Flags().BoolVar(&sent, "sent", false, "those sent to companies, or by the vendor to its resellers (the default)")
	cmd.Flags().BoolVar(&received, "received", false, "those received from the vendor")
	cmd.MarkFlagsMutuallyExclusive("sent", "received")
	limit.Bind(cmd)
	f.Results(cmd, api.Invoice{})
	return cmd
}

func listRun(ctx context.Context, f *command.Factory, in api.InvoiceListInput, limit int, received bool) error {
	columns := sentColumns
	if received {
		in.Direction, columns = "received", receivedColumns
	}
	return command.List(ctx, f, api.InvoiceList, in, limit, columns)
}
