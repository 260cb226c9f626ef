package license

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

const byCard = "card"

// bindPay adds the flag that says how to pay.
func bindPay(cmd *cobra.Command, to *string) {
	command.BindWord(cmd, to, "pay", "how to pay, when left out the first of these but card that the contract allows", "balance", byCard, "invoice", "credits")
}

// orderByCard is what a purchase, an extension or an upgrade comes to that is paid by card: the
// order, with the page to pay it on. Nothing else is there until it is paid.
func orderByCard(pay string, dryRun bool) any {
	if pay == byCard && !dryRun {
		return api.Order{}
	}
	return nil
}

// change buys what changes a license. Unless it is confirmed already, it is previewed
// first, and bought for what the preview says. A person is told what was done to it.
func change(f *command.Factory, flags command.ConfirmFlags, pay, did string,
	preview func() (api.Preview, error), buy func(amount, credits *int64) (api.Purchase, error),
) error {
	var amount, credits *int64
	if flags.DryRun || !flags.Yes {
		p, err := preview()
		if err != nil {
			return err
		}
		if flags.DryRun {
			return f.Show(p, previewColumns)
		}
		if err := confirm(f, flags, p); err != nil {
			return err
		}
		amount, credits = &p.Amount, &p.Credits
	}
	bought, err := buy(amount, credits)
	if err != nil {
		return err
	}
	return show(f, bought, pay, did)
}

// show prints what a purchase, an extension or an upgrade has come to: the order where it is paid
// by card, else the license.
func show(f *command.Factory, p api.Purchase, pay, did string) error {
	switch {
	case pay == byCard && p.Order != nil:
		return f.Show(p.Order, command.OrderDetails)
	case len(p.Licenses) == 0:
		return errors.New("the server answered without a license")
	}
	return showDone(f, did, p.Licenses[0])
}
