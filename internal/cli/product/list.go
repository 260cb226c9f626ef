package product

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	return command.NewList(f, "list", command.Listing[api.ProductListInput, api.ProductFilter, api.Product]{
		Text: command.Text{
			Short: "List products",
			Long:  "List what can be bought under your contracts, with unit prices.",
			Example: "  $ resell product list\n" +
				"  $ resell product list --contract K-2026-01 --kind subscription",
		},
		Op: api.ProductList,
		Input: func(filter api.ProductFilter) api.ProductListInput {
			return api.ProductListInput{ProductFilter: filter}
		},
		Columns: columns,
	})
}
