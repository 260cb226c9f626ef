package token

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type revokeOptions struct {
	*command.Factory
	command.ConfirmFlags
	token string
}

func newCmdRevoke(f *command.Factory) *cobra.Command {
	o := &revokeOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "revoke <token>",
		Aliases: []string{"delete"},
		Short:   "Revoke a token",
		Long:    "Make a token, named by its id, worth nothing from now on. What it did stays on record.",
		Example: "  $ resell token revoke tok_01K9Z3M4N5P6Q7R8S9T0V1W2X3\n" +
			"  $ resell token revoke tok_01K9Z3M4N5P6Q7R8S9T0V1W2X3 --yes",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.token = args[0]
			if err := o.NeedYes(o.ConfirmFlags, "this ends a token"); err != nil {
				return err
			}
			return revokeRun(cmd.Context(), o)
		},
	}
	o.BindYes(cmd)
	f.Results(cmd, api.Token{})
	return cmd
}

func revokeRun(ctx context.Context, o *revokeOptions) error {
	if err := o.Confirm(o.ConfirmFlags, fmt.Sprintf("Revoke the token %s with %s?", o.token, o.Where())); err != nil {
		return err
	}
	token, err := command.Call(ctx, o.Factory, api.TokenRevoke, api.TokenRevokeInput{Token: o.token})
	if err != nil {
		return err
	}
	return o.ShowDone(token, "Revoked the token "+token.Name+".", details, details)
}
