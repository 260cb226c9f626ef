package clock

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type advanceOptions struct {
	*command.Factory
	command.WriteFlags
	body api.ClockAdvanceBody
}

func newCmdAdvance(f *command.Factory) *cobra.Command {
	o := &advanceOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "advance [time]",
		Short: "Move the clock of a sandbox ahead",
		Long: `Move the clock of a development server ahead, by hours, days or weeks, or to the beginning of a date: to
rehearse renewals, expiries and year ends. It goes day by day, and licenses that renew are renewed on
their day, before the command ends. Every other server refuses: its clock is the real one.`,
		Example: "  $ resell clock advance 30d\n" +
			"  $ resell clock advance --to 2027-01-01",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.body.By = args[0]
			}
			if (o.body.By == "") == (o.body.To == "") {
				return command.Usage("say by how much, such as 30d, or to which date with --to")
			}
			return advanceRun(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.body.To, "to", "", "to the beginning of this `date`, in the vendor's time zone")
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.ClockAdvanced{})
	return cmd
}

func advanceRun(ctx context.Context, o *advanceOptions) error {
	clock, err := command.Write(ctx, o.Factory, o.WriteFlags, api.ClockAdvance, api.ClockAdvanceInput{Body: o.body})
	if err != nil {
		return err
	}
	return o.Show(clock, advancedColumns)
}
