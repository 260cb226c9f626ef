package user

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type editOptions struct {
	*command.Factory
	api.UserFields
	user    string
	role    string
	version int64
}

func newCmdEdit(f *command.Factory) *cobra.Command {
	o := &editOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "edit <user>",
		Short: "Edit a user",
		Long: `Change what a person may do, their name or their e-mail address. What is not given stays as it is.

A new role holds from the next request on, wherever they are signed in. Whoever is disabled is signed
out everywhere. The last owner stays an owner. Where a password is still on its way to the old e-mail
address, another one is mailed to the new one, and the first is worth nothing.`,
		Example: "  $ resell user edit ann --role support\n" +
			"  $ resell user edit ann --contract K-2026-01 --contract K-2026-02\n" +
			"  $ resell user edit ann --contract \"\"\n" +
			"  $ resell user edit ann --disabled=false",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.user = args[0]
			if err := o.read(cmd); err != nil {
				return err
			}
			return editRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	command.TextFlag(cmd, &o.Email, "email", "e-mail `address`")
	command.TextFlag(cmd, &o.Name, "name", "`name` of the person")
	command.BindWord(cmd, &o.role, "role", "what they may do", roles()...)
	flags.StringSlice("contract", nil, "id or `number` of a contract they may buy under, in place of those before; an empty one for all; may be repeated")
	flags.Bool("disabled", false, "sign them out, and keep them from signing in")
	flags.Int64Var(&o.version, "if-version", 0, "refuse unless the user still has this `version`")
	f.Results(cmd, api.User{})
	return cmd
}

// read takes what cannot be bound.
func (o *editOptions) read(cmd *cobra.Command) error {
	flags := cmd.Flags()
	if o.role != "" {
		o.Role = &o.role
	}
	if flags.Changed("disabled") {
		disabled, err := flags.GetBool("disabled")
		if err != nil {
			return err
		}
		o.Disabled = &disabled
	}
	if flags.Changed("contract") {
		contracts, err := flags.GetStringSlice("contract")
		if err != nil {
			return err
		}
		o.Contracts = &contracts
	}
	if o.UserFields == (api.UserFields{}) {
		return command.Usage("nothing to change: give at least one detail, such as --role")
	}
	return nil
}

func editRun(ctx context.Context, o *editOptions) error {
	in := api.UserEditInput{User: o.user, Body: o.UserFields}
	if o.version != 0 {
		in.IfMatch = fmt.Sprintf("%q", strconv.FormatInt(o.version, 10))
	}
	user, err := command.Call(ctx, o.Factory, api.UserEdit, in)
	if err != nil {
		return err
	}
	return o.ShowDone(user, "Edited "+user.Login+".", details, details)
}
