package invoice

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	return command.NewList(f, "list", command.Listing[api.InvoiceListInput, api.InvoiceFilter, api.Invoice]{
		Text: command.Text{
			Short: "List invoices",
			Long:  "List the invoices to companies, newest first.",
			Example: "  $ resell invoice list --company example.edu\n" +
				"  $ resell invoice list --since 2026-11-01 --json number,amount,mailed_at",
		},
		Op: api.InvoiceList,
		Input: func(filter api.InvoiceFilter) api.InvoiceListInput {
			return api.InvoiceListInput{InvoiceFilter: filter}
		},
		Columns: columns,
	})
}
