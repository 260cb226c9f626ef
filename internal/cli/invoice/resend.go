package invoice

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type resendOptions struct {
	*command.Factory
	command.WriteFlags
	invoice string
	wait    bool
}

func newCmdResend(f *command.Factory) *cobra.Command {
	o := &resendOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "resend <invoice>",
		Short: "Mail an invoice again",
		Long: `Mail an invoice or credit note again, with its PDF, to the e-mail address that its buyer has now.
Nothing else of the invoice changes.`,
		Example: "  $ resell company edit example.edu --email accounts@example.edu\n" +
			"  $ resell invoice resend INV-2026-000001 --wait",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.invoice = args[0]
			return resendRun(cmd.Context(), o)
		},
	}
	bindWait(cmd, &o.wait)
	o.Bind(cmd)
	f.Results(cmd, api.Invoice{})
	return cmd
}

func resendRun(ctx context.Context, o *resendOptions) error {
	invoice, err := command.Write(ctx, o.Factory, o.WriteFlags, api.InvoiceResend, api.InvoiceActionInput{Invoice: o.invoice})
	if err != nil {
		return err
	}
	if o.wait {
		if invoice, err = awaitMail(ctx, o.Factory, invoice); err != nil {
			return err
		}
	}
	return o.ShowDone(invoice, "Sent "+invoice.Number+" once more to "+invoice.Email+".", details, details)
}
