package product

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type viewOptions struct {
	*command.Factory
	product string
}

func newCmdView(f *command.Factory, runF func(context.Context, *viewOptions) error) *cobra.Command {
	o := &viewOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "view <product>",
		Aliases: []string{"show"},
		Short:   "View a product",
		Long:    "View a product, named by its id or SKU.",
		Example: "  $ resell product view mdm-device",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.product = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return viewRun(cmd.Context(), o)
		},
	}
	f.Results(cmd, api.Product{})
	return cmd
}

func viewRun(ctx context.Context, o *viewOptions) error {
	found, err := command.Call(ctx, o.Factory, api.ProductView, api.ProductViewInput{Product: o.product})
	if err != nil {
		return err
	}
	p, err := o.Printer()
	if err != nil {
		return err
	}
	return p.Item(found, details(p))
}
