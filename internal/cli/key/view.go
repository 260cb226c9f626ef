package key

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type viewOptions struct {
	*command.Factory
	key string
}

func newCmdView(f *command.Factory, runF func(context.Context, *viewOptions) error) *cobra.Command {
	o := &viewOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "view <key>",
		Aliases: []string{"show"},
		Short:   "View a key",
		Long:    "View an activation key, named by its id or code, in any case, with or without hyphens.",
		Example: "  $ resell key view 0A1B-2C3D-4E5F-6G7H",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.key = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return viewRun(cmd.Context(), o)
		},
	}
	f.Results(cmd, api.Key{})
	return cmd
}

func viewRun(ctx context.Context, o *viewOptions) error {
	found, err := command.Call(ctx, o.Factory, api.KeyView, api.KeyViewInput{Key: o.key})
	if err != nil {
		return err
	}
	p, err := o.Printer()
	if err != nil {
		return err
	}
	return p.Item(found, details(p))
}
