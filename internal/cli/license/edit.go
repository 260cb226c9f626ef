package license

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
	fields  api.LicenseFields
	license string
	version int64
}

func newCmdEdit(f *command.Factory, runF func(context.Context, *editOptions) error) *cobra.Command {
	o := &editOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "edit <license>",
		Short: "Edit a license's name, note, e-mail or invoice reference",
		Long: `Change details of a license, named by its id or coupon. Those not given stay as they are; an empty one
is removed. A new invoice reference returns on the invoices that are yet to be sent.`,
		Example: "  $ resell license edit 7GK2M9QX --email reception@example.edu --note \"in the lobby\"\n" +
			"  $ resell license edit 7GK2M9QX --invoice-reference PO-2027-003 --if-version 2",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.license = args[0]
			if o.fields == (api.LicenseFields{}) {
				return command.Usage("nothing to change: give at least one detail, such as --note")
			}
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return editRun(cmd.Context(), o)
		},
	}
	command.TextFlag(cmd, &o.fields.Name, "name", "`name` to find the license by")
	command.TextFlag(cmd, &o.fields.Note, "note", "`text` about the license")
	command.TextFlag(cmd, &o.fields.Email, "email", "`address` of who uses it")
	command.TextFlag(cmd, &o.fields.InvoiceReference, "invoice-reference", "`reference` that returns on the invoice")
	cmd.Flags().Int64Var(&o.version, "if-version", 0, "refuse unless the license still has this `version`")
	f.Results(cmd, api.License{})
	return cmd
}

func editRun(ctx context.Context, o *editOptions) error {
	in := api.LicenseEditInput{License: o.license, Body: o.fields}
	if o.version != 0 {
		in.IfMatch = fmt.Sprintf("%q", strconv.FormatInt(o.version, 10))
	}
	license, err := command.Call(ctx, o.Factory, api.LicenseEdit, in)
	if err != nil {
		return err
	}
	return o.Show(license, details)
}
