package balance

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type historyOptions struct {
	*command.Factory
	command.LimitFlag
	api.LedgerFilter
}

func newCmdHistory(f *command.Factory, runF func(context.Context, *historyOptions) error) *cobra.Command {
	o := &historyOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List the ledger",
		Long:  "List the ledger, newest first: deposits, purchases and refunds, each with the balance after it.",
		Example: "  $ resell balance history --limit 20\n" +
			"  $ resell balance history -o csv",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return historyRun(cmd.Context(), o)
		},
	}
	command.BindFilter(cmd, &o.LedgerFilter)
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.LedgerEntry{})
	return cmd
}

func historyRun(ctx context.Context, o *historyOptions) error {
	p, err := o.Printer()
	if err != nil {
		return err
	}
	money := output.Money("currency")
	return command.List(ctx, o.Factory, api.BalanceHistory, api.BalanceHistoryInput{LedgerFilter: o.LedgerFilter}, o.Limit, []output.Column{
		{Field: "created_at", Header: "WHEN", Format: p.Day()},
		{Field: "kind"},
		{Field: "amount", Format: money, Right: true},
		{Field: "balance", Format: money, Right: true},
		{Field: "currency", Data: true},
		{Field: "note"},
	})
}
