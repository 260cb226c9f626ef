package user

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type deleteOptions struct {
	*command.Factory
	command.ConfirmFlags
	user string
}

func newCmdDelete(f *command.Factory) *cobra.Command {
	o := &deleteOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "delete <user>",
		Short: "Close a person's account",
		Long: `Close a person's account: they are signed out everywhere, and cannot sign in. What they did stays on
record, and so the account itself does: resell user edit --disabled=false opens it again. Tokens that
they made for machines stay valid; see resell token list.`,
		Example: "  $ resell user delete ann\n" +
			"  $ resell user delete ann --yes",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.user = args[0]
			if err := o.NeedYes(o.ConfirmFlags, "this signs a person out"); err != nil {
				return err
			}
			return deleteRun(cmd.Context(), o)
		},
	}
	o.BindYes(cmd)
	f.Results(cmd, api.User{})
	return cmd
}

func deleteRun(ctx context.Context, o *deleteOptions) error {
	if err := o.Confirm(o.ConfirmFlags, fmt.Sprintf("Close the account of %s with %s?", o.user, o.Where())); err != nil {
		return err
	}
	user, err := command.Call(ctx, o.Factory, api.UserDelete, api.UserDeleteInput{User: o.user})
	if err != nil {
		return err
	}
	return o.ShowDone(user, "Deleted "+user.Login+".", details, details)
}
