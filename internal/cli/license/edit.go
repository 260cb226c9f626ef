package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type editOptions struct {
	*command.Factory
	fields  api.LicenseFields
	license string
	version int64
	bulk    command.BulkFlags
}

func newCmdEdit(f *command.Factory) *cobra.Command {
	o := &editOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "edit [<license>]",
		Short: "Edit a license's name, note, e-mail or invoice reference",
		Long: `Change details of a license, named by its id or coupon. Those not given stay as they are; an empty one
is removed. A new invoice reference returns on the invoices that are yet to be sent.

With --from, each row of a file is edited; an empty cell leaves a detail as it is. All rows are looked at
before the first is edited, and a run that broke off goes on with --resume.

` + command.BulkHelp(editColumns()),
		Example: "  $ resell license edit 7GK2M9QX --email reception@example.edu --note \"in the lobby\"\n" +
			"  $ resell license edit 7GK2M9QX --invoice-reference PO-2027-003 --if-version 2\n" +
			"  $ resell license edit 7GK2M9QX --note \"in the lobby\" --dry-run\n" +
			"  $ resell license edit --from notes.csv --dry-run\n" +
			"  $ resell license edit --from notes.csv --yes",
		Args: o.bulk.Args(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.bulk.Check(cmd, editColumns(), args); err != nil {
				return err
			}
			if len(args) > 0 {
				o.license = args[0]
			}
			if !o.bulk.Many() && o.fields == (api.LicenseFields{}) {
				return command.Usage("nothing to change: give at least one detail, such as --note")
			}
			if o.bulk.Many() {
				return editBulk().Run(cmd.Context(), f, cmd, &o.bulk, command.ConfirmFlags{})
			}
			return editRun(cmd.Context(), o)
		},
	}
	command.TextFlag(cmd, &o.fields.Name, "name", "`name` to find the license by")
	command.TextFlag(cmd, &o.fields.Note, "note", "`text` about the license")
	command.TextFlag(cmd, &o.fields.Email, "email", "`address` of who uses it")
	command.TextFlag(cmd, &o.fields.InvoiceReference, "invoice-reference", "`reference` that returns on the invoice")
	cmd.Flags().Int64Var(&o.version, "if-version", 0, "refuse unless the license still has this `version`")
	o.bulk.Bind(cmd)
	f.Results(cmd, api.License{}, command.FieldChange{})
	f.ResultsOtherwise(cmd, o.bulk.Otherwise)
	return cmd
}

func editRun(ctx context.Context, o *editOptions) error {
	in := api.LicenseEditInput{License: o.license, Body: o.fields}
	if o.version != 0 {
		in.IfMatch = command.IfMatch(o.version)
	}
	if o.bulk.DryRun {
		license, err := command.Call(ctx, o.Factory, api.LicenseView, api.LicenseViewInput{License: in.License})
		if err != nil {
			return err
		}
		in.DryRun = true
		edited, err := command.Try(ctx, o.Factory, api.LicenseEdit, in)
		if err != nil {
			return err
		}
		return o.ShowEdit(license.ID, in.Body, license, edited)
	}
	license, err := command.Call(ctx, o.Factory, api.LicenseEdit, in)
	if err != nil {
		return err
	}
	return showDone(o.Factory, "Edited", license)
}
