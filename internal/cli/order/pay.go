package order

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdPay(f *command.Factory) *cobra.Command {
	return command.NewAction(f, "pay", command.Action[api.OrderActionInput, api.Order]{
		Text: command.Text{
			Short: "Open the payment page of an order",
			Long: `Open the payment page of an order that is to be paid by card, named by its id or number, and print the
order with the page's address. Whoever opens that page can pay. Once it is paid the order is
processed, and its licenses are there; until then nothing of it is.`,
			Example: "  $ resell order pay ORD-2026-000001\n" +
				"  $ resell order pay ORD-2026-000001 --json payment_url --jq .payment_url",
		},
		Op:      api.OrderPay,
		Noun:    "order",
		Input:   func(ref string) api.OrderActionInput { return api.OrderActionInput{Order: ref} },
		Columns: command.OrderDetails,
	})
}
