package company

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type editOptions struct {
	*command.Factory
	fieldFlags
	company string
	version int64
	bulk    command.BulkFlags
}

func newCmdEdit(f *command.Factory) *cobra.Command {
	o := &editOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "edit [<company>]",
		Short: "Edit a company",
		Long: `Change details of a company. Those not given stay as they are; an empty one is removed.

With --from, each row of a file is edited; an empty cell leaves a detail as it is. All rows are looked at
before the first is edited, and a run that broke off goes on with --resume.

` + command.BulkHelp(editColumns()),
		Example: "  $ resell company edit example.edu --email invoices@example.edu\n" +
			"  $ resell company edit example.edu --name \"Example State University\" --if-version 3\n" +
			"  $ resell company edit example.edu --email invoices@example.edu --dry-run\n" +
			"  $ resell company edit --from addresses.csv --dry-run\n" +
			"  $ resell company edit --from addresses.csv --yes",
		Args: o.bulk.Args(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.bulk.Check(cmd, editColumns(), args); err != nil {
				return err
			}
			if len(args) > 0 {
				o.company = args[0]
			}
			o.read(cmd)
			if !o.bulk.Many() && o.CompanyFields == (api.CompanyFields{}) {
				return command.Usage("nothing to change: give at least one detail, such as --email")
			}
			if o.bulk.Many() {
				return editBulk().Run(cmd.Context(), f, cmd, &o.bulk, command.ConfirmFlags{})
			}
			return editRun(cmd.Context(), o)
		},
	}
	command.TextFlag(cmd, &o.Name, "name", "`name`")
	o.fieldFlags.bind(cmd)
	cmd.Flags().Int64Var(&o.version, "if-version", 0, "refuse unless the company still has this `version`")
	o.bulk.Bind(cmd)
	f.Results(cmd, api.Company{}, command.FieldChange{})
	f.ResultsOtherwise(cmd, o.bulk.Otherwise)
	return cmd
}

func editRun(ctx context.Context, o *editOptions) error {
	in := api.CompanyEditInput{Company: o.company, Body: o.CompanyFields}
	if o.version != 0 {
		in.IfMatch = command.IfMatch(o.version)
	}
	if o.bulk.DryRun {
		company, err := command.Call(ctx, o.Factory, api.CompanyView, api.CompanyViewInput{Company: in.Company})
		if err != nil {
			return err
		}
		in.DryRun = true
		edited, err := command.Try(ctx, o.Factory, api.CompanyEdit, in)
		if err != nil {
			return err
		}
		return o.ShowEdit(company.ID, in.Body, company, edited)
	}
	company, err := command.Call(ctx, o.Factory, api.CompanyEdit, in)
	if err != nil {
		return err
	}
	return o.ShowDone(company, "Edited "+company.Name+".", details, details)
}
