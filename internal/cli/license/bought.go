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

// show prints what a purchase, an extension or an upgrade has come to: the order where it is paid
// by card, else the license.
func show(f *command.Factory, p api.Purchase, pay string) error {
	switch {
	case pay == byCard && p.Order != nil:
		return f.Show(p.Order, command.OrderDetails)
	case len(p.Licenses) == 0:
		return errors.New("the server answered without a license")
	}
	return f.Show(p.Licenses[0], details)
}
