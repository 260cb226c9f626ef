package invoice

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type listOptions struct {
	*command.Factory
	command.LimitFlag
	api.InvoiceFilter
}

func newCmdList(f *command.Factory, runF func(context.Context, *listOptions) error) *cobra.Command {
	o := &listOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List invoices",
		Long:    "List the invoices to companies, newest first.",
		Example: "  $ resell invoice list --company example.edu\n" +
			"  $ resell invoice list --since 2026-11-01 --json number,amount,mailed_at",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return listRun(cmd.Context(), o)
		},
	}
	command.BindFilter(cmd, &o.InvoiceFilter)
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.Invoice{})
	return cmd
}

func listRun(ctx context.Context, o *listOptions) error {
	p, err := o.Printer()
	if err != nil {
		return err
	}
	return command.List(ctx, o.Factory, api.InvoiceList, api.InvoiceListInput{InvoiceFilter: o.InvoiceFilter}, o.Limit, columns(p))
}
