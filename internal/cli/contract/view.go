package contract

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type viewOptions struct {
	*command.Factory
	contract string
}

func newCmdView(f *command.Factory, runF func(context.Context, *viewOptions) error) *cobra.Command {
	o := &viewOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "view <contract>",
		Aliases: []string{"show"},
		Short:   "View a contract",
		Long:    "View a contract, named by its id or number.",
		Example: "  $ resell contract view K-2026-01",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.contract = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return viewRun(cmd.Context(), o)
		},
	}
	f.Results(cmd, api.Contract{})
	return cmd
}

func viewRun(ctx context.Context, o *viewOptions) error {
	found, err := command.Call(ctx, o.Factory, api.ContractView, api.ContractViewInput{Contract: o.contract})
	if err != nil {
		return err
	}
	p, err := o.Printer()
	if err != nil {
		return err
	}
	return p.Item(found, details(p))
}
