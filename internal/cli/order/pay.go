package order

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type payOptions struct {
	*command.Factory
	command.WriteFlags
	order string
}

func newCmdPay(f *command.Factory, runF func(context.Context, *payOptions) error) *cobra.Command {
	o := &payOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "pay <order>",
		Short: "Open the payment page of an order",
		Long: `Open the payment page of an order that is to be paid by card, named by its id or number, and print the
order with the page's address. Whoever opens that page can pay. Once it is paid the order is
processed, and its licenses are there; until then nothing of it is.`,
		Example: "  $ resell order pay ORD-2026-000001\n" +
			"  $ resell order pay ORD-2026-000001 --json payment_url --jq .payment_url",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.order = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return payRun(cmd.Context(), o)
		},
	}
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.Order{})
	return cmd
}

func payRun(ctx context.Context, o *payOptions) error {
	order, err := command.Write(ctx, o.Factory, o.WriteFlags, api.OrderPay, api.OrderActionInput{Order: o.order})
	if err != nil {
		return err
	}
	return o.Show(order, command.OrderDetails)
}
