package order

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type viewOptions struct {
	*command.Factory
	order string
}

func newCmdView(f *command.Factory, runF func(context.Context, *viewOptions) error) *cobra.Command {
	o := &viewOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "view <order>",
		Aliases: []string{"show"},
		Short:   "View an order",
		Long:    "View an order, named by its id or number, with its lines.",
		Example: "  $ resell order view ORD-2026-000001",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.order = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return viewRun(cmd.Context(), o)
		},
	}
	f.Results(cmd, api.Order{})
	return cmd
}

func viewRun(ctx context.Context, o *viewOptions) error {
	found, err := command.Call(ctx, o.Factory, api.OrderView, api.OrderViewInput{Order: o.order})
	if err != nil {
		return err
	}
	p, err := o.Printer()
	if err != nil {
		return err
	}
	return p.Item(found, details(p))
}
