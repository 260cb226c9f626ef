package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type extendOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	api.LicenseExtendBody
	license string
	bulk    command.BulkFlags
}

func newCmdExtend(f *command.Factory) *cobra.Command {
	o := &extendOptions{Factory: f, bulk: command.BulkFlags{Spends: true}}
	cmd := &cobra.Command{
		Use:     "extend [<license>]",
		Aliases: []string{"renew"},
		Short:   "Extend a license, or many",
		Long: `Extend a license, named by its id or coupon, for a further term.

It goes on from its end while that is ahead, else from today, or with --from-expiry from its end all
the same. A script that must not extend twice says which end it expects: --expected-end.

With --from, each row of a file is extended, or each license of a list. All rows are looked at first;
then you are asked once, for the total. A run that broke off goes on with --resume. The same file once
more extends what failed, and nothing a second time, unless --again says so: that extends ALL rows anew.

` + command.BulkHelp(extendColumns()),
		Example: "  $ resell license extend lic_01K9Z3M4N5P6Q7R8S9T0V1W2X3 --term full:1\n" +
			"  $ resell license extend 7GK2M9QX --term calendar:1 --expected-end 2027-01-01 --yes\n" +
			"  $ resell license extend --from extend.csv --dry-run\n" +
			"  $ resell license list --expiring-within 30d -o name | resell license extend --from - --term full:1 --yes\n" +
			"  $ resell license extend --resume",
		Args: o.bulk.Args(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(cmd, args); err != nil {
				return err
			}
			if o.bulk.Many() {
				return extendBulk().Run(cmd.Context(), o.Factory, cmd, &o.bulk, o.ConfirmFlags)
			}
			if err := o.NeedYes(o.ConfirmFlags, "this spends money or credits"); err != nil {
				return err
			}
			return extendRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.Term, "term", "t", "", "`term`: full:1, calendar:1, yearly:1, monthly:6, until:DATE")
	flags.StringVar(&o.Contract, "contract", "", "id or `number` of the contract; the license's own when left out")
	flags.BoolVar(&o.FromExpiry, "from-expiry", false, "go on from the end even when it has passed")
	flags.StringVar(&o.ExpectedEnd, "expected-end", "", "refuse unless it ends on this `date` now")
	flags.StringVar(&o.OrderNote, "order-note", "", "`text` about the order")
	bindPay(cmd, &o.Pay)
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.Bind(cmd)
	o.bulk.Bind(cmd)
	f.Results(cmd, api.License{}, api.Preview{})
	f.ResultsOtherwise(cmd, func() any {
		if o.bulk.Many() {
			return o.bulk.Otherwise()
		}
		return orderByCard(o.Pay, o.DryRun)
	}, api.Order{}, command.BulkResult{})
	return cmd
}

func (o *extendOptions) check(cmd *cobra.Command, args []string) error {
	if err := o.bulk.Check(cmd, extendColumns(), args); err != nil || o.bulk.Many() {
		return err
	}
	o.license = args[0]
	return command.RequireFlags(cmd, "term")
}

func extendRun(ctx context.Context, o *extendOptions) error {
	return change(o.Factory, o.ConfirmFlags, o.Pay, "Extended", func() (api.Preview, error) {
		return command.Call(ctx, o.Factory, api.LicenseExtendPreview, api.LicenseExtendPreviewInput{License: o.license, Body: o.LicenseExtendBody})
	}, func(amount, credits *int64) (api.Purchase, error) {
		o.ExpectedAmount, o.ExpectedCredits = amount, credits
		return command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseExtend, api.LicenseExtendInput{License: o.license, Body: o.LicenseExtendBody})
	})
}
