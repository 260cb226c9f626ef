package company

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type listOptions struct {
	*command.Factory
	command.LimitFlag
	api.CompanyFilter
}

func newCmdList(f *command.Factory, runF func(context.Context, *listOptions) error) *cobra.Command {
	o := &listOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List companies",
		Long:    "List companies, newest first. --search finds text in any field, ignoring case and accents.",
		Example: "  $ resell company list --search \"ecole superieure\"\n" +
			"  $ resell company list --country DE --json id,name,domain",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return listRun(cmd.Context(), o)
		},
	}
	command.BindFilter(cmd, &o.CompanyFilter)
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.Company{})
	return cmd
}

func listRun(ctx context.Context, o *listOptions) error {
	return command.List(ctx, o.Factory, api.CompanyList, api.CompanyListInput{CompanyFilter: o.CompanyFilter}, o.Limit, columns())
}
