package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type pauseOptions struct {
	*command.Factory
	command.WriteFlags
	license string
	bulk    command.BulkFlags
}

func newCmdPause(f *command.Factory) *cobra.Command {
	cmd := newCmdAct(f, api.LicensePause, "pause", "Pause", "Paused")
	cmd.Use = "pause [<license>]"
	cmd.Short = "Pause a license without deleting it, or many"
	cmd.Long = `Pause a license, named by its id or coupon. Its end does not move; resume it at any time.

With --from, each license of a list or of a CSV file with a column license is paused. All are looked at
before the first is paused, and a run that broke off goes on with --resume.`
	cmd.Example = "  $ resell license pause 7GK2M9QX\n" +
		"  $ resell license list --company example.edu -o name | resell license pause --from - --yes\n" +
		"  $ resell license pause --from licenses.csv --yes"
	return cmd
}

// newCmdAct makes a command that does with a license what takes nothing more to say; did is
// what a person is told of it.
func newCmdAct(f *command.Factory, op api.Op[api.LicenseActionInput, api.License], action, deed, did string) *cobra.Command {
	many := actBulk(op, action, deed)
	o := &pauseOptions{Factory: f}
	cmd := &cobra.Command{
		Args: o.bulk.Args(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.bulk.Check(cmd, many.Columns, args); err != nil {
				return err
			}
			if len(args) > 0 {
				o.license = args[0]
			}
			if o.bulk.Many() {
				return many.Run(cmd.Context(), f, cmd, &o.bulk, command.ConfirmFlags{})
			}
			if o.bulk.DryRun {
				license, err := viewFor(cmd.Context(), f, o.license, action)
				if err != nil {
					return err
				}
				return f.Show(license, details)
			}
			return actRun(cmd.Context(), o, op, did)
		},
	}
	o.WriteFlags.Bind(cmd)
	o.bulk.Bind(cmd)
	f.Results(cmd, api.License{})
	f.ResultsOtherwise(cmd, o.bulk.Otherwise)
	return cmd
}

func actRun(ctx context.Context, o *pauseOptions, op api.Op[api.LicenseActionInput, api.License], did string) error {
	license, err := command.Write(ctx, o.Factory, o.WriteFlags, op, api.LicenseActionInput{License: o.license})
	if err != nil {
		return err
	}
	return showDone(o.Factory, did, license)
}
