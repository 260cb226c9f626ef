package order

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type listOptions struct {
	*command.Factory
	command.LimitFlag
	api.OrderFilter
}

func newCmdList(f *command.Factory, runF func(context.Context, *listOptions) error) *cobra.Command {
	o := &listOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List orders",
		Long:    "List orders, newest first.",
		Example: "  $ resell order list --since 2026-11-01 --product mdm-device\n" +
			"  $ resell order list --number ORD-2026-000001 -o json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return listRun(cmd.Context(), o)
		},
	}
	command.BindFilter(cmd, &o.OrderFilter)
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.Order{})
	return cmd
}

func listRun(ctx context.Context, o *listOptions) error {
	p, err := o.Printer()
	if err != nil {
		return err
	}
	return command.List(ctx, o.Factory, api.OrderList, api.OrderListInput{OrderFilter: o.OrderFilter}, o.Limit, columns(p))
}
