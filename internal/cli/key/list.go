package key

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type listOptions struct {
	*command.Factory
	command.LimitFlag
	api.KeyFilter
}

func newCmdList(f *command.Factory, runF func(context.Context, *listOptions) error) *cobra.Command {
	o := &listOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List activation keys",
		Long:    "List activation keys, newest first. For very many, export them: resell export csv keys.",
		Example: "  $ resell key list --license 7GK2M9QX --limit 20",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return listRun(cmd.Context(), o)
		},
	}
	command.BindFilter(cmd, &o.KeyFilter)
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.Key{})
	return cmd
}

func listRun(ctx context.Context, o *listOptions) error {
	p, err := o.Printer()
	if err != nil {
		return err
	}
	return command.List(ctx, o.Factory, api.KeyList, api.KeyListInput{KeyFilter: o.KeyFilter}, o.Limit, columns(p))
}
