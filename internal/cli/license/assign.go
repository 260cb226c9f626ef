package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type assignOptions struct {
	*command.Factory
	command.WriteFlags
	api.LicenseAssignBody
	license string
}

func newCmdAssign(f *command.Factory) *cobra.Command {
	o := &assignOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "assign <license>",
		Short: "Assign an unassigned license to a company",
		Long: `Assign a license that belongs to no company yet, named by its id or coupon, to a company.

With --quantity that much is split off and becomes a license of its own, with the same term, dates and
order and a coupon of its own; the rest stays as it is. What has been given to keys is not split off.
The company's license is printed.`,
		Example: "  $ resell license list --state available\n" +
			"  $ resell license assign 7GK2M9QX --company example.edu\n" +
			"  $ resell license assign 7GK2M9QX --company example.edu --quantity 10",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.license = args[0]
			if cmd.Flags().Changed("quantity") && o.Quantity == 0 {
				o.Quantity = -1 // to the server 0 is the whole license; it refuses this as any wrong quantity
			}
			return assignRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.Company, "company", "c", "", "the company: id, domain or exact `name`")
	flags.Int64VarP(&o.Quantity, "quantity", "q", 0, "`number` of the license to assign; all of it when left out")
	o.WriteFlags.Bind(cmd)
	_ = cmd.MarkFlagRequired("company") // the flag exists
	f.Results(cmd, api.License{})
	return cmd
}

func assignRun(ctx context.Context, o *assignOptions) error {
	license, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseAssign, api.LicenseAssignInput{License: o.license, Body: o.LicenseAssignBody})
	if err != nil {
		return err
	}
	return showDone(o.Factory, "Assigned", license)
}
