package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type upgradeOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	api.LicenseUpgradeBody
	license string
}

func newCmdUpgrade(f *command.Factory) *cobra.Command {
	o := &upgradeOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "upgrade <license>",
		Short: "Upgrade a license to more users or another edition",
		Long: `Upgrade a license, named by its id or coupon, to a larger quantity, to another edition of its product's
family, or to both.

It costs the difference in price for the days that are left, and of a perpetual license the whole
difference. Its end, keys and devices stay as they are. The quantity is what the license is to have in
all, so that a repeated upgrade is refused. Credits pay for a larger quantity: one for each that is added
and year begun. A trial is extended by a paid term first.`,
		Example: "  $ resell license upgrade lic_01K9Z3M4N5P6Q7R8S9T0V1W2X3 --quantity 30 --dry-run\n" +
			"  $ resell license upgrade 7GK2M9QX --edition pro --yes\n" +
			"  $ resell license upgrade 7GK2M9QX --quantity 30 --edition pro --yes",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.license = args[0]
			if cmd.Flags().Changed("quantity") && o.Quantity == 0 {
				o.Quantity = -1 // the server refuses it, as it does every other wrong quantity
			}
			if err := o.NeedYes(o.ConfirmFlags, "this spends money or credits"); err != nil {
				return err
			}
			return upgradeRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.Int64VarP(&o.Quantity, "quantity", "q", 0, "the `number` that it is to have in all")
	flags.StringVar(&o.Edition, "edition", "", "`name` of the edition that it is to be")
	flags.StringVar(&o.Contract, "contract", "", "id or `number` of the contract; the license's own when left out")
	flags.StringVar(&o.OrderNote, "order-note", "", "`text` about the order")
	bindPay(cmd, &o.Pay)
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.Bind(cmd)
	cmd.MarkFlagsOneRequired("quantity", "edition")
	f.Results(cmd, api.License{}, api.Preview{})
	f.ResultsOtherwise(cmd, func() any { return orderByCard(o.Pay, o.DryRun) }, api.Order{})
	return cmd
}

func upgradeRun(ctx context.Context, o *upgradeOptions) error {
	return change(o.Factory, o.ConfirmFlags, o.Pay, "Upgraded", func() (api.Preview, error) {
		return command.Call(ctx, o.Factory, api.LicenseUpgradePreview, api.LicenseUpgradePreviewInput{License: o.license, Body: o.LicenseUpgradeBody})
	}, func(amount, credits *int64) (api.Purchase, error) {
		o.ExpectedAmount, o.ExpectedCredits = amount, credits
		return command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseUpgrade, api.LicenseUpgradeInput{License: o.license, Body: o.LicenseUpgradeBody})
	})
}
