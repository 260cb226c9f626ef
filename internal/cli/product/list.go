package product

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type listOptions struct {
	*command.Factory
	command.LimitFlag
	api.ProductFilter
}

func newCmdList(f *command.Factory, runF func(context.Context, *listOptions) error) *cobra.Command {
	o := &listOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List products",
		Long:    "List what can be bought under your contracts, with unit prices.",
		Example: "  $ resell product list\n" +
			"  $ resell product list --contract K-2026-01 --kind subscription",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return listRun(cmd.Context(), o)
		},
	}
	command.BindFilter(cmd, &o.ProductFilter)
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.Product{})
	return cmd
}

func listRun(ctx context.Context, o *listOptions) error {
	p, err := o.Printer()
	if err != nil {
		return err
	}
	return command.List(ctx, o.Factory, api.ProductList, api.ProductListInput{ProductFilter: o.ProductFilter}, o.Limit, columns(p))
}
