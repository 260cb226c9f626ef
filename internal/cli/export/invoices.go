package export

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdInvoices(f *command.Factory, format string) *cobra.Command {
	var in api.ExportInvoicesInput
	var direction invoiceDirection
	cmd := newCmd(f, format, "invoices", &in.InvoiceFilter, func(ctx context.Context, o *options) error {
		in.ExportFormat, in.InvoiceDirection = o.ExportFormat, direction.input()
		return command.Export(ctx, f, o.ExportFlags, api.ExportInvoices, in)
	})
	direction.bind(cmd)
	if format == xlsx {
		return cmd
	}
	cmd.Long = `Export invoices and credit notes, a row for each: those sent to companies, or those received from the
vendor for orders. Amounts are minor units, and a credit note's are below zero.`
	return cmd
}

// invoiceDirection chooses between what is sent and what is received.
type invoiceDirection struct{ sent, received bool }

func (d *invoiceDirection) bind(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&d.sent, "sent", false, "those sent to companies, or by the vendor to its resellers (the default)")
	cmd.Flags().BoolVar(&d.received, "received", false, "those received from the vendor")
	cmd.MarkFlagsMutuallyExclusive("sent", "received")
}

func (d *invoiceDirection) input() api.InvoiceDirection {
	if d.received {
		return api.InvoiceDirection{Direction: "received"}
	}
	return api.InvoiceDirection{}
}
