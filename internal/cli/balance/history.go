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
	product string
	credits bool
}

func newCmdHistory(f *command.Factory) *cobra.Command {
	o := &historyOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List the ledger of the balance, or of the credits",
		Long: `List the ledger of the balance, newest first: deposits, purchases and refunds, each with the balance
after it. With --credits, list the ledger of the credits instead: grants, what was given on, what was
spent and what was refunded.`,
		Example: "  $ resell balance history --limit 20\n" +
			"  $ resell balance history -o csv\n" +
			"  $ resell balance history --credits --product signage",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case o.credits && o.Currency != "":
				return command.Usage("--currency is of the balance: credits are of a product")
			case !o.credits && o.product != "":
				return command.Usage("--product is of the credits: give --credits with it")
			}
			return historyRun(cmd.Context(), o)
		},
	}
	command.BindFilter(cmd, &o.LedgerFilter)
	cmd.Flags().BoolVar(&o.credits, "credits", false, "list the ledger of the credits")
	cmd.Flags().StringVarP(&o.product, "product", "p", "", "id or `SKU` of the product whose credits are meant")
	command.RefuseEmpty(cmd, "product")
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.LedgerEntry{})
	f.ResultsOtherwise(cmd, func() any {
		if o.credits {
			return api.CreditEntry{}
		}
		return nil
	}, api.CreditEntry{})
	return cmd
}

func historyRun(ctx context.Context, o *historyOptions) error {
	if o.credits {
		filter := api.CreditFilter{Product: o.product, Reseller: o.Reseller}
		return command.List(ctx, o.Factory, api.CreditHistory, api.CreditHistoryInput{CreditFilter: filter}, o.Limit, creditEntryColumns)
	}
	return command.List(ctx, o.Factory, api.BalanceHistory, api.BalanceHistoryInput{LedgerFilter: o.LedgerFilter}, o.Limit, entryColumns)
}

func entryColumns(p *output.Printer) []output.Column {
	money := p.Money("currency")
	return []output.Column{
		{Field: "created_at", Header: "WHEN", Format: p.Day()},
		{Field: "kind"},
		{Field: "amount", Format: money, Right: true},
		{Field: "balance", Format: money, Right: true},
		{Field: "currency", Data: true},
		{Field: "note"},
	}
}

func creditEntryColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "created_at", Header: "WHEN", Format: p.Day()},
		{Field: "kind"},
		{Field: "product"},
		{Field: "amount", Right: true},
		{Field: "balance", Right: true},
		{Field: "peer"},
		{Field: "note"},
	}
}
