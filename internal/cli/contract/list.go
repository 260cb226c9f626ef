package contract

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type listOptions struct {
	*command.Factory
	command.LimitFlag
	api.ContractFilter
}

func newCmdList(f *command.Factory, runF func(context.Context, *listOptions) error) *cobra.Command {
	o := &listOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List contracts",
		Long:    "List the contracts you buy under, newest first.",
		Example: "  $ resell contract list\n" +
			"  $ resell contract list --state active --json number,products",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return listRun(cmd.Context(), o)
		},
	}
	command.BindFilter(cmd, &o.ContractFilter)
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.Contract{})
	return cmd
}

func listRun(ctx context.Context, o *listOptions) error {
	p, err := o.Printer()
	if err != nil {
		return err
	}
	return command.List(ctx, o.Factory, api.ContractList, api.ContractListInput{ContractFilter: o.ContractFilter}, o.Limit, columns(p))
}
