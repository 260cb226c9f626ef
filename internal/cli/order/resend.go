package order

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdResend(f *command.Factory) *cobra.Command {
	return command.NewAction(f, "resend", command.Action[api.OrderActionInput, api.Order]{
		Text: command.Text{
			Short: "Send the confirmation of an order once more",
			Long: `Send the mail that confirms an order, named by its id or number, once more: with what was bought, what it
cost, and the activation codes of its licenses. It goes to the e-mail address of your account.`,
			Example: "  $ resell order resend ORD-2026-000001",
		},
		Op:      api.OrderResend,
		Noun:    "order",
		Input:   func(ref string) api.OrderActionInput { return api.OrderActionInput{Order: ref} },
		Columns: command.OrderDetails,
		Did:     func(o api.Order) string { return "The confirmation of " + o.Number + " is on its way." },
	})
}
