package license

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type autoRenewOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	license string
	on      bool
}

func newCmdAutoRenew(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "auto-renew",
		Short: "Let an activated license renew, or let it expire",
		Long: `Switch on, or off, that a license is bought again for its own term. Only licenses that are activated and
have an end renew, and neither trials nor those that share the end of another license do.

A license renews on its last day, so that there is no gap, under its contract at the price of that day,
paid as it was paid for last; where that was by card, from the balance. One that cannot be paid expires,
and you are told by e-mail: it is tried again every day, until 14 days after its end. A paused license
waits until it is resumed.`,
		Example: "  $ resell license auto-renew on 7GK2M9QX\n" +
			"  $ resell license auto-renew off 7GK2M9QX --yes",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdAutoRenewOn(f), newCmdAutoRenewOff(f))
	}
	return cmd
}

func newCmdAutoRenewOn(f *command.Factory) *cobra.Command {
	return switchCmd(f, true, &cobra.Command{
		Use:     "on <license>",
		Short:   "Renew a license when it ends",
		Long:    "Renew a license, named by its id or coupon, on its last day. What it would cost today is shown first.",
		Example: "  $ resell license auto-renew on 7GK2M9QX --yes",
	})
}

func newCmdAutoRenewOff(f *command.Factory) *cobra.Command {
	return switchCmd(f, false, &cobra.Command{
		Use:     "off <license>",
		Short:   "Let a license expire when it ends",
		Long:    "Let a license, named by its id or coupon, expire when it ends. It can still be extended.",
		Example: "  $ resell license auto-renew off 7GK2M9QX --yes",
	})
}

func switchCmd(f *command.Factory, on bool, cmd *cobra.Command) *cobra.Command {
	o := &autoRenewOptions{Factory: f, on: on}
	cmd.Args = cobra.ExactArgs(1)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o.license = args[0]
		if err := o.NeedYes(o.ConfirmFlags, "this decides whether money is spent when the license ends"); err != nil {
			return err
		}
		return autoRenewRun(cmd.Context(), o)
	}
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.BindYes(cmd)
	f.Results(cmd, api.License{})
	return cmd
}

func autoRenewRun(ctx context.Context, o *autoRenewOptions) error {
	if !o.Yes {
		if err := o.confirm(ctx); err != nil {
			return err
		}
	}
	in := api.LicenseAutoRenewInput{License: o.license, Body: api.LicenseAutoRenewBody{Enabled: o.on}}
	license, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseAutoRenew, in)
	if err != nil {
		return err
	}
	did := map[bool]string{true: "Will renew", false: "Will not renew"}[o.on]
	return showDone(o.Factory, did, license)
}

func (o *autoRenewOptions) confirm(ctx context.Context) error {
	license, err := command.Call(ctx, o.Factory, api.LicenseView, api.LicenseViewInput{License: o.license})
	if err != nil {
		return err
	}
	o.Note("%s: %s", license.Coupon, summary(license, o.Date))
	if !o.on {
		return o.Confirm(o.ConfirmFlags, fmt.Sprintf("Let it expire, with %s?", o.Where()))
	}
	if err := o.noteCost(ctx, license); err != nil {
		return err
	}
	return o.Confirm(o.ConfirmFlags, fmt.Sprintf("Renew it for %s whenever it ends, with %s?", license.Term, o.Where()))
}

// noteCost tells what the renewal would cost today, or why it could not be made: what
// is refused today may be allowed by then.
func (o *autoRenewOptions) noteCost(ctx context.Context, license api.License) error {
	in := api.LicenseExtendPreviewInput{License: o.license, Body: api.LicenseExtendBody{Term: license.Term}}
	preview, err := command.Call(ctx, o.Factory, api.LicenseExtendPreview, in)
	if problem, refused := errors.AsType[*api.Problem](err); refused {
		o.Note("It could not be renewed today: %s", problem.Error())
		return nil
	}
	if err != nil {
		return err
	}
	o.Note("today it would cost %s under contract %s", o.Money(preview.Amount, preview.Currency), preview.Contract)
	return nil
}
