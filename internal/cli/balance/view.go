package balance

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type viewOptions struct {
	*command.Factory
	reseller string
	credits  bool
}

func newCmdView(f *command.Factory) *cobra.Command {
	o := &viewOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "view",
		Aliases: []string{"show"},
		Short:   "View the balance, or the credits",
		Long: `View the balance in each currency, with the sums of the ledger that it follows from.

With --credits, view the credits of each product instead: what was received, given on to sub-resellers,
spent on licenses and refunded, and what is left.`,
		Example: "  $ resell balance view\n" +
			"  $ resell balance view --json currency,amount\n" +
			"  $ resell balance view --credits\n" +
			"  $ resell balance view --credits --reseller north",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return viewRun(cmd.Context(), o)
		},
	}
	cmd.Flags().BoolVar(&o.credits, "credits", false, "view the credits of each product")
	cmd.Flags().StringVar(&o.reseller, "reseller", "", "id or `login` of a sub-reseller; your own when left out")
	f.Results(cmd, api.Balance{})
	f.ResultsOtherwise(cmd, func() any {
		if o.credits {
			return api.Credits{}
		}
		return nil
	}, api.Credits{})
	return cmd
}

func viewRun(ctx context.Context, o *viewOptions) error {
	if o.credits {
		credits, err := command.Call(ctx, o.Factory, api.CreditView, api.CreditViewInput{Reseller: o.reseller})
		if err != nil {
			return err
		}
		return o.ShowAll(credits.Data, creditColumns)
	}
	balances, err := command.Call(ctx, o.Factory, api.BalanceView, api.BalanceViewInput{Reseller: o.reseller})
	if err != nil {
		return err
	}
	return o.ShowAll(balances.Data, balanceColumns)
}

func balanceColumns(p *output.Printer) []output.Column {
	money := p.Money("currency")
	return []output.Column{
		{Field: "currency", Data: true},
		{Field: "deposits", Format: money, Right: true},
		{Field: "purchases", Format: money, Right: true},
		{Field: "refunds", Format: money, Right: true},
		{Field: "amount", Header: "BALANCE", Format: money, Right: true},
		{Field: "credit_limit", Format: money, Right: true},
		{Field: "entries", Right: true, Data: true},
	}
}

func creditColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "product"},
		{Field: "granted", Right: true},
		{Field: "given", Right: true},
		{Field: "purchases", Right: true},
		{Field: "refunds", Right: true},
		{Field: "amount", Header: "CREDITS", Right: true},
		{Field: "entries", Right: true, Data: true},
	}
}
