package license

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type deleteOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	license string
	bulk    command.BulkFlags
}

func newCmdDelete(f *command.Factory) *cobra.Command {
	o := &deleteOptions{Factory: f}
	many := actBulk(api.LicenseDelete, "delete", "Delete for good")
	cmd := &cobra.Command{
		Use:     "delete [<license>]",
		Aliases: []string{"rm"},
		Short:   "Delete a license that was never activated, or many",
		Long: `Delete a license, named by its id or coupon, that was never activated. Its serial numbers are free again,
and neither its coupon nor its keys can be activated any more.

No money is returned: for that, refund the order it was bought by, with resell order refund. A license
that has been activated can be paused instead.

With --from, each license of a list or of a CSV file with a column license is deleted. All are looked at
before the first is deleted, and a run that broke off goes on with --resume.`,
		Example: "  $ resell license delete 7GK2M9QX\n" +
			"  $ resell license delete lic_01K9Z3M4N5P6Q7R8S9T0V1W2X3 --yes\n" +
			"  $ resell license delete 7GK2M9QX --dry-run\n" +
			"  $ resell license list --order ORD-2026-000012 -o name | resell license delete --from - --dry-run",
		Args: o.bulk.Args(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.bulk.Check(cmd, many.Columns, args); err != nil {
				return err
			}
			if len(args) > 0 {
				o.license = args[0]
			}
			if o.bulk.Many() {
				return many.Run(cmd.Context(), f, cmd, &o.bulk, o.ConfirmFlags)
			}
			if err := o.NeedYes(o.ConfirmFlags, "this deletes the license for good"); err != nil {
				return err
			}
			return deleteRun(cmd.Context(), o)
		},
	}
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.Bind(cmd)
	o.bulk.Bind(cmd)
	f.Results(cmd, api.License{})
	f.ResultsOtherwise(cmd, o.bulk.Otherwise)
	return cmd
}

func deleteRun(ctx context.Context, o *deleteOptions) error {
	if o.DryRun || !o.Yes {
		license, err := viewFor(ctx, o.Factory, o.license, "delete")
		if err != nil {
			return err
		}
		o.Note("%s: %s", license.Coupon, summary(license, o.Date))
		o.Note("No money is returned.%s", refundInstead(ctx, o, license.ID))
		if o.DryRun {
			return o.Show(license, details)
		}
		if err := o.Confirm(o.ConfirmFlags, fmt.Sprintf("Delete the license for good with %s?", o.Where())); err != nil {
			return err
		}
	}
	license, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseDelete, api.LicenseActionInput{License: o.license})
	if err != nil {
		return err
	}
	return showDone(o.Factory, "Deleted", license)
}

// refundInstead names the order of the license whose refund returns money now: the newest
// such. It is advice, and left out where there is none, or where orders cannot be read.
func refundInstead(ctx context.Context, o *deleteOptions, license string) string {
	history, err := command.First(ctx, o.Factory, api.LicenseHistory, api.LicenseHistoryInput{License: license}, 100)
	if err != nil {
		return ""
	}
	var looked []string
	for _, entry := range history {
		if entry.OrderNumber == "" || slices.Contains(looked, entry.OrderNumber) {
			continue
		}
		looked = append(looked, entry.OrderNumber)
		order, err := command.Call(ctx, o.Factory, api.OrderView, api.OrderViewInput{Order: entry.OrderNumber})
		if err == nil && order.Amount+order.Credits > 0 && slices.Contains(order.AllowedActions, "refund") {
			return " To get it back, refund the order instead: resell order refund " + order.Number
		}
	}
	return ""
}

// summary says in a few words what a license is, with its dates written by date.
func summary(l api.License, date func(string) string) string {
	text := fmt.Sprintf("%d × %s", l.Quantity, l.Product.Name)
	if l.Company != nil {
		text += " for " + l.Company.Name
	}
	if l.EndsOn != nil {
		return text + ", ends on " + date(*l.EndsOn)
	}
	return text + ", never ends"
}

// asData leaves a date as it is, for what a program reads.
func asData(date string) string { return date }
