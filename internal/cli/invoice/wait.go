package invoice

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func bindWait(cmd *cobra.Command, wait *bool) {
	cmd.Flags().BoolVar(wait, "wait", false, "wait until the mail server has taken the mail")
}

// awaitMail asks for an invoice until its mail is taken or given up. One without an
// address has none.
func awaitMail(ctx context.Context, f *command.Factory, invoice api.Invoice) (api.Invoice, error) {
	const pause = 200 * time.Millisecond
	for invoice.Email != "" && invoice.MailedAt == nil && invoice.MailError == "" {
		select {
		case <-ctx.Done():
			return invoice, ctx.Err()
		case <-time.After(pause):
		}
		var err error
		if invoice, err = command.Call(ctx, f, api.InvoiceView, api.InvoiceViewInput{Invoice: invoice.ID}); err != nil {
			return invoice, err
		}
	}
	return invoice, nil
}
