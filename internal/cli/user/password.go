package user

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type passwordOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	user  string // empty for one's own password
	stdin bool
}

func newCmdPassword(f *command.Factory) *cobra.Command {
	o := &passwordOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "password [user]",
		Short: "Change your password, or have a new one mailed to somebody",
		Long: `Change your own password: the old one and the new one are asked for, and not shown. In a script, give
both on standard input, a line each, with --password-stdin. You stay signed in here, and are signed out
everywhere else.

With a user, an owner has a new password mailed to that person. The old one is worth nothing at once,
and they are signed out everywhere.`,
		Example: "  $ resell user password\n" +
			"  $ resell user password ann --yes",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.user = args[0]
			}
			if err := o.check(); err != nil {
				return err
			}
			return passwordRun(cmd.Context(), o)
		},
	}
	cmd.Flags().BoolVar(&o.stdin, "password-stdin", false, "read your old and your new password from standard input, a line each")
	o.WriteFlags.Bind(cmd)
	o.BindYes(cmd)
	f.Results(cmd, api.User{})
	return cmd
}

func (o *passwordOptions) check() error {
	switch {
	case o.user != "" && o.stdin:
		return command.Usage("--password-stdin is for your own password; that of somebody else is made and mailed")
	case o.user != "":
		return o.NeedYes(o.ConfirmFlags, "this ends a password")
	case !o.stdin && !o.CanAsk():
		return command.Usage("there is no terminal to ask on: give --password-stdin, and the old and the new password on standard input, a line each")
	}
	return nil
}

func passwordRun(ctx context.Context, o *passwordOptions) error {
	if o.user != "" {
		return o.reset(ctx)
	}
	body, err := o.read()
	if err != nil {
		return err
	}
	user, err := command.Call(ctx, o.Factory, api.SessionPassword, api.SessionPasswordInput{Body: body})
	if err != nil {
		return err
	}
	o.Note("The password is changed. You are signed out everywhere else.")
	return o.Show(user, details)
}

func (o *passwordOptions) reset(ctx context.Context) error {
	if err := o.Confirm(o.ConfirmFlags, fmt.Sprintf("Mail a new password to %s, and end the old one, with %s?", o.user, o.Where())); err != nil {
		return err
	}
	user, err := command.Write(ctx, o.Factory, o.WriteFlags, api.UserPassword, api.UserPasswordInput{User: o.user})
	if err != nil {
		return err
	}
	o.Note("A new password is on its way to %s.", user.Email)
	return o.Show(user, details)
}

func (o *passwordOptions) read() (api.SessionPasswordBody, error) {
	var body api.SessionPasswordBody
	if o.stdin {
		text, err := o.ReadSecret("password")
		if err != nil {
			return body, err
		}
		old, rest, ok := strings.Cut(text, "\n")
		if !ok {
			return body, command.Usage("standard input has one line: give the old password and the new one, a line each")
		}
		return api.SessionPasswordBody{Old: strings.TrimSpace(old), New: strings.TrimSpace(rest)}, nil
	}
	var err error
	if body.Old, err = o.AskSecret("Old password: "); err != nil {
		return body, err
	}
	if body.New, err = o.AskSecret("New password: "); err != nil {
		return body, err
	}
	again, err := o.AskSecret("New password again: ")
	if err == nil && again != body.New {
		err = command.Usage("the two new passwords differ: nothing was changed")
	}
	if err == nil && (body.Old == "" || body.New == "") {
		err = command.Usage("both passwords are needed")
	}
	return body, err
}
