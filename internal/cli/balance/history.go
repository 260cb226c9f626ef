package balance

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

func newCmdHistory(f *command.Factory) *cobra.Command {
	return command.NewList(f, "history", command.Listing[api.BalanceHistoryInput, api.LedgerFilter, api.LedgerEntry]{
		Text: command.Text{
			Short: "List the ledger",
			Long:  "List the ledger, newest first: deposits, purchases and refunds, each with the balance after it.",
			Example: "  $ resell balance history --limit 20\n" +
				"  $ resell balance history -o csv",
		},
		Op: api.BalanceHistory,
		Input: func(filter api.LedgerFilter) api.BalanceHistoryInput {
			return api.BalanceHistoryInput{LedgerFilter: filter}
		},
		Columns: entryColumns,
	})
}

func entryColumns(p *output.Printer) []output.Column {
	money := output.Money("currency")
	return []output.Column{
		{Field: "created_at", Header: "WHEN", Format: p.Day()},
		{Field: "kind"},
		{Field: "amount", Format: money, Right: true},
		{Field: "balance", Format: money, Right: true},
		{Field: "currency", Data: true},
		{Field: "note"},
	}
}
