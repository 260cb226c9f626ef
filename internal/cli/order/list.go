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
	all bool
}

func newCmdList(f *command.Factory) *cobra.Command {
	o := &listOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List orders: today's, or those that are chosen",
		Long: `List orders, newest first: today's by the vendor's calendar, unless a filter or --all says otherwise.

With each stands how many of its licenses are in use, and how many are stock that can be sold on.
Filters add up.`,
		Example: "  $ resell order list\n" +
			"  $ resell order list --since 2026-11-01 --product mdm-device --state processed\n" +
			"  $ resell order list --all --json number,product,active,available,amount",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return listRun(cmd.Context(), o)
		},
	}
	command.BindFilter(cmd, &o.OrderFilter)
	cmd.Flags().BoolVarP(&o.all, "all", "a", false, "every order there is")
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.Order{})
	return cmd
}

func listRun(ctx context.Context, o *listOptions) error {
	if !o.all && o.OrderFilter == (api.OrderFilter{}) {
		o.Since = api.Today
		if o.StdoutTerminal {
			o.Note("Today's orders; --all lists every one.")
		}
	}
	return command.List(ctx, o.Factory, api.OrderList, api.OrderListInput{OrderFilter: o.OrderFilter}, o.Limit, columns)
}
