package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type listOptions struct {
	*command.Factory
	command.LimitFlag
	api.LicenseFilter
	expired bool
}

func newCmdList(f *command.Factory) *cobra.Command {
	o := &listOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List licenses",
		Long: "List licenses, newest first. Filters add up; without any, all are listed.\n\n" +
			"--search finds text anywhere in the coupon, name, note, e-mail address, invoice reference, order number and serial numbers,\n" +
			"in the license's company, product and devices, and the beginning of a key's code (five characters or more) or a key's whole\n" +
			"name, ignoring case and accents.",
		Example: "  $ resell license list --company example.edu\n" +
			"  $ resell license list --expiring-within 30d --json id,ends_on,company.name\n" +
			"  $ resell license list --kind support --ends-after 2026-01-01 --ends-before 2026-07-01\n" +
			"  $ resell license list --search PO-2026-118 -o name",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.expired {
				o.State = "expired"
			}
			return listRun(cmd.Context(), o)
		},
	}
	command.BindFilter(cmd, &o.LicenseFilter)
	cmd.Flags().BoolVar(&o.expired, "expired", false, "only those that are over: the same as --state expired")
	cmd.MarkFlagsMutuallyExclusive("expired", "state")
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.License{})
	return cmd
}

func listRun(ctx context.Context, o *listOptions) error {
	return command.List(ctx, o.Factory, api.LicenseList, api.LicenseListInput{LicenseFilter: o.LicenseFilter}, o.Limit, columns)
}
