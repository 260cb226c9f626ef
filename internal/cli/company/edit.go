package company

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type editOptions struct {
	*command.Factory
	fieldFlags
	company string
	version int64
}

func newCmdEdit(f *command.Factory, runF func(context.Context, *editOptions) error) *cobra.Command {
	o := &editOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "edit <company>",
		Short: "Edit a company",
		Long:  "Change details of a company. Those not given stay as they are; an empty one is removed.",
		Example: "  $ resell company edit example.edu --email invoices@example.edu\n" +
			"  $ resell company edit example.edu --name \"Example State University\" --if-version 3",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.company = args[0]
			o.read(cmd)
			if o.CompanyFields == (api.CompanyFields{}) {
				return command.Usage("nothing to change: give at least one detail, such as --email")
			}
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return editRun(cmd.Context(), o)
		},
	}
	command.TextFlag(cmd, &o.Name, "name", "`name`")
	o.fieldFlags.bind(cmd)
	cmd.Flags().Int64Var(&o.version, "if-version", 0, "refuse unless the company still has this `version`")
	f.Results(cmd, api.Company{})
	return cmd
}

func editRun(ctx context.Context, o *editOptions) error {
	in := api.CompanyEditInput{Company: o.company, Body: o.CompanyFields}
	if o.version != 0 {
		in.IfMatch = fmt.Sprintf("%q", strconv.FormatInt(o.version, 10))
	}
	company, err := command.Call(ctx, o.Factory, api.CompanyEdit, in)
	if err != nil {
		return err
	}
	return o.Show(company, details)
}
