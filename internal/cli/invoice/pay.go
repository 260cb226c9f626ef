package invoice

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type payOptions struct {
	*command.Factory
	command.WriteFlags
	invoice string
	on      string
}

func newCmdPay(f *command.Factory) *cobra.Command {
	o := &payOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "pay <invoice>",
		Short: "Note that an invoice is paid",
		Long: `Note that an invoice that you have sent is paid. When every invoice of a license is paid, the license
is. An invoice on account is the vendor's: the vendor notes that it is paid.`,
		Example: "  $ resell invoice pay INV-2026-000001\n" +
			"  $ resell invoice pay INV-2026-000001 --on 2026-12-01",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.invoice = args[0]
			return payRun(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.on, "on", "", "`date` on which it was paid, today where it is left out")
	o.Bind(cmd)
	f.Results(cmd, api.Invoice{})
	return cmd
}

func payRun(ctx context.Context, o *payOptions) error {
	invoice, err := command.Write(ctx, o.Factory, o.WriteFlags, api.InvoicePay, api.InvoicePayInput{
		Invoice: o.invoice, Body: api.InvoicePayBody{On: o.on},
	})
	if err != nil {
		return err
	}
	return o.ShowDone(invoice, "Noted that "+invoice.Number+" is paid.", details, details)
}
