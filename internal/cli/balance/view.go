package balance

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

func newCmdView(f *command.Factory, runF func(context.Context, *command.Factory) error) *cobra.Command {
	if runF == nil {
		runF = viewRun
	}
	cmd := &cobra.Command{
		Use:     "view",
		Aliases: []string{"show"},
		Short:   "View the balance",
		Long:    "View the balance in each currency, with the sums of the ledger that it follows from.",
		Example: "  $ resell balance view\n" +
			"  $ resell balance view --json currency,amount",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runF(cmd.Context(), f) },
	}
	f.Results(cmd, api.Balance{})
	return cmd
}

func viewRun(ctx context.Context, f *command.Factory) error {
	balances, err := command.Call(ctx, f, api.BalanceView, api.BalanceViewInput{})
	if err != nil {
		return err
	}
	return f.ShowAll(balances.Data, balanceColumns)
}

func balanceColumns(*output.Printer) []output.Column {
	money := output.Money("currency")
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
