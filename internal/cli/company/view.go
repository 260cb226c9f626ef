package company

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type viewOptions struct {
	*command.Factory
	company string
}

func newCmdView(f *command.Factory, runF func(context.Context, *viewOptions) error) *cobra.Command {
	o := &viewOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "view <company>",
		Aliases: []string{"show"},
		Short:   "View a company",
		Long:    "View a company, named by its id, its domain, or its exact name.",
		Example: "  $ resell company view example.edu\n" +
			"  $ resell company view \"Example University\" -o json",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.company = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return viewRun(cmd.Context(), o)
		},
	}
	f.Results(cmd, api.Company{})
	return cmd
}

func viewRun(ctx context.Context, o *viewOptions) error {
	company, err := command.Call(ctx, o.Factory, api.CompanyView, api.CompanyViewInput{Company: o.company})
	if err != nil {
		return err
	}
	return o.Show(company, details())
}
