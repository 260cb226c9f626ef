package invoice

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type voidOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	invoice string
}

func newCmdVoid(f *command.Factory) *cobra.Command {
	o := &voidOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "void <invoice>",
		Short: "Cancel an invoice by a credit note",
		Long: `Cancel an invoice that is not paid yet: a credit note over the same amounts, with the next number, goes
to the same address, and what was billed can be billed again. The credit note is printed. It cannot
be undone.`,
		Example: "  $ resell invoice void INV-2026-000001 --dry-run\n" +
			"  $ resell invoice void INV-2026-000001 --yes",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.invoice = args[0]
			if err := o.NeedYes(o.ConfirmFlags, "this cancels an invoice for good"); err != nil {
				return err
			}
			return voidRun(cmd.Context(), o)
		},
	}
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.Bind(cmd)
	f.Results(cmd, api.Invoice{})
	return cmd
}

func voidRun(ctx context.Context, o *voidOptions) error {
	if o.DryRun || !o.Yes {
		draft, err := command.Call(ctx, o.Factory, api.InvoiceVoidPreview, api.InvoiceViewInput{Invoice: o.invoice})
		if err != nil {
			return err
		}
		if o.DryRun {
			return o.Show(draft, details)
		}
		question := fmt.Sprintf("Cancel %s to %s by a credit note over %s, with %s?", draft.Cancels.Number, draft.Buyer.Name,
			o.Money(draft.Amount, draft.Currency), o.Where())
		if err := o.Confirm(o.ConfirmFlags, question); err != nil {
			return err
		}
	}
	note, err := command.Write(ctx, o.Factory, o.WriteFlags, api.InvoiceVoid, api.InvoiceActionInput{Invoice: o.invoice})
	if err != nil {
		return err
	}
	return o.ShowDone(note, "Cancelled "+note.Cancels.Number+" by "+note.Number+".", details, details)
}
