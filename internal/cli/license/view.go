package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type viewOptions struct {
	*command.Factory
	license string
	coupon  bool
	copy    bool
}

func newCmdView(f *command.Factory) *cobra.Command {
	o := &viewOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "view <license>",
		Aliases: []string{"show"},
		Short:   "View a license",
		Long: `View a license, named by its id or coupon, with what may be done with it now. On a terminal it is a card
with the commands for that; -o table shows every detail instead.

With --coupon only its code is printed, to be handed to a customer; --copy puts it on the clipboard, too.`,
		Example: "  $ resell license view 7GK2M9QX\n" +
			"  $ resell license view lic_01K9Z3M4N5P6Q7R8S9T0V1W2X3 --coupon --copy",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.license = args[0]
			if o.copy && !o.coupon {
				return command.Usage("--copy goes with --coupon: it puts the coupon code on the clipboard")
			}
			return viewRun(cmd.Context(), o)
		},
	}
	cmd.Flags().BoolVar(&o.coupon, "coupon", false, "print the coupon code alone")
	cmd.Flags().BoolVar(&o.copy, "copy", false, "put the coupon code on the clipboard as well")
	f.Results(cmd, api.License{})
	return cmd
}

func viewRun(ctx context.Context, o *viewOptions) error {
	license, err := command.Call(ctx, o.Factory, api.LicenseView, api.LicenseViewInput{License: o.license})
	if err != nil {
		return err
	}
	if o.coupon {
		if o.copy {
			if err := o.ToClipboard(ctx, license.Coupon); err != nil {
				return err
			}
			o.Note("The coupon is on the clipboard.")
		}
		p, err := o.Printer()
		if err != nil {
			return err
		}
		return p.Text("%s", license.Coupon)
	}
	p, err := o.Printer()
	if err != nil {
		return err
	}
	if p.Glances() {
		return p.Card(cardOf(p, license, o.Now()))
	}
	return p.Item(license, details(p))
}
