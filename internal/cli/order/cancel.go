package order

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type cancelOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	order string
}

func newCmdCancel(f *command.Factory) *cobra.Command {
	o := &cancelOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "cancel <order>",
		Short: "Cancel an order that is not paid yet",
		Long: `Cancel an order, named by its id or number, that waits for its payment. Its payment page is closed.

An order that is paid is processed, and can be refunded instead: resell order refund. An order that
nobody pays is cancelled by itself after a day.`,
		Example: "  $ resell order cancel ORD-2026-000001 --yes",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.order = args[0]
			if err := o.NeedYes(o.ConfirmFlags, "this cancels the order for good"); err != nil {
				return err
			}
			return cancelRun(cmd.Context(), o)
		},
	}
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.BindYes(cmd)
	f.Results(cmd, api.Order{})
	return cmd
}

func cancelRun(ctx context.Context, o *cancelOptions) error {
	if !o.Yes {
		order, err := command.Call(ctx, o.Factory, api.OrderView, api.OrderViewInput{Order: o.order})
		if err != nil {
			return err
		}
		question := fmt.Sprintf("Cancel order %s of %s with %s?", order.Number, o.Money(order.Amount, order.Currency), o.Where())
		if err := o.Confirm(o.ConfirmFlags, question); err != nil {
			return err
		}
	}
	order, err := command.Write(ctx, o.Factory, o.WriteFlags, api.OrderCancel, api.OrderActionInput{Order: o.order})
	if err != nil {
		return err
	}
	return o.ShowDone(order, "Cancelled order "+order.Number+".", command.OrderDetails, command.OrderDetails)
}
