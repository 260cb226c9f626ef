package order

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type resendOptions struct {
	*command.Factory
	command.WriteFlags
	order string
}

func newCmdResend(f *command.Factory, runF func(context.Context, *resendOptions) error) *cobra.Command {
	o := &resendOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "resend <order>",
		Short: "Send the confirmation of an order once more",
		Long: `Send the mail that confirms an order, named by its id or number, once more: with what was bought, what it
cost, and the activation codes of its licenses. It goes to the e-mail address of your account.`,
		Example: "  $ resell order resend ORD-2026-000001",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.order = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return resendRun(cmd.Context(), o)
		},
	}
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.Order{})
	return cmd
}

func resendRun(ctx context.Context, o *resendOptions) error {
	order, err := command.Write(ctx, o.Factory, o.WriteFlags, api.OrderResend, api.OrderActionInput{Order: o.order})
	if err != nil {
		return err
	}
	return o.Show(order, command.OrderDetails)
}
