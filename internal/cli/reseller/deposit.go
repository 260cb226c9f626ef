package reseller

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type depositOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	api.ResellerDepositBody
	reseller string
	amount   string
}

func newCmdDeposit(f *command.Factory) *cobra.Command {
	o := &depositOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "deposit <reseller>",
		Short: "Put a deposit on a reseller's balance",
		Long:  "Put money that has come in on a reseller's balance. Only the vendor does.",
		Example: "  $ resell reseller deposit acme --currency EUR --amount 1500.00 --note \"transfer of 21 November\"\n" +
			"  $ resell reseller deposit acme --currency EUR --amount 1500.00 --yes",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.reseller = args[0]
			if err := o.read(); err != nil {
				return err
			}
			return depositRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Currency, "currency", "", "ISO 4217 `code`, such as EUR")
	flags.StringVar(&o.amount, "amount", "", "`amount` in that currency, such as 1500 or 1,500.00")
	flags.StringVar(&o.ResellerDepositBody.Note, "note", "", "`text` for the ledger")
	_ = cmd.MarkFlagRequired("currency") // the flag exists
	_ = cmd.MarkFlagRequired("amount")   // the flag exists
	o.WriteFlags.Bind(cmd)
	o.BindYes(cmd)
	f.Results(cmd, api.LedgerEntry{})
	return cmd
}

func (o *depositOptions) read() error {
	var err error
	o.Currency = strings.ToUpper(o.Currency)
	if o.Amount, err = output.ParseMoney(o.amount, o.Currency); err != nil {
		return command.Usage("--amount: %s", err)
	}
	return o.NeedYes(o.ConfirmFlags, "this raises a balance")
}

func depositRun(ctx context.Context, o *depositOptions) error {
	question := fmt.Sprintf("Put %s on the balance of %s with %s?", o.Money(o.Amount, o.Currency), o.reseller, o.Where())
	if err := o.Confirm(o.ConfirmFlags, question); err != nil {
		return err
	}
	entry, err := command.Write(ctx, o.Factory, o.WriteFlags, api.ResellerDeposit, api.ResellerDepositInput{Reseller: o.reseller, Body: o.ResellerDepositBody})
	if err != nil {
		return err
	}
	return o.Show(entry, entryColumns)
}

func entryColumns(p *output.Printer) []output.Column {
	money := p.Money("currency")
	return []output.Column{
		{Field: "id"},
		{Field: "kind"},
		{Field: "amount", Format: money},
		{Field: "balance", Format: money},
		{Field: "currency", Data: true},
		{Field: "note"},
		{Field: "created_at"},
	}
}
