package user

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type createOptions struct {
	*command.Factory
	command.WriteFlags
	api.UserCreateBody
	passwordStdin bool
}

func newCmdCreate(f *command.Factory) *cobra.Command {
	o := &createOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Give a person an account",
		Long: `Give a person an account. A random password is made and mailed to them, with the login and the address
of the API; nobody else gets to see it. With --password-stdin you choose the password, and no mail is sent.`,
		Example: "  $ resell user create --login ann --email ann@example.com --name \"Ann Lee\" --role seller\n" +
			"  $ resell user create --login bo --email bo@example.com --name Bo --role seller --contract K-2026-01",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return createRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Login, "login", "", "`login`: a-z, 0-9, dot, hyphen and underscore")
	flags.StringVar(&o.Email, "email", "", "e-mail `address`")
	flags.StringVar(&o.Name, "name", "", "`name` of the person")
	command.BindWord(cmd, &o.Role, "role", "what they may do", roles()...)
	flags.StringSliceVar(&o.Contracts, "contract", nil, "id or `number` of a contract they may buy under; all when left out; may be repeated")
	flags.BoolVar(&o.passwordStdin, "password-stdin", false, "read the password from standard input instead of having one mailed")
	for _, name := range []string{"login", "email", "name", "role"} {
		_ = cmd.MarkFlagRequired(name) // the flag exists
	}
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.User{})
	return cmd
}

func createRun(ctx context.Context, o *createOptions) error {
	if o.passwordStdin {
		var err error
		if o.Password, err = o.ReadSecret("password"); err != nil {
			return err
		}
	}
	user, err := command.Write(ctx, o.Factory, o.WriteFlags, api.UserCreate, api.UserCreateInput{Body: o.UserCreateBody})
	if err != nil {
		return err
	}
	if user.State == "invited" {
		o.Note("A password is on its way to %s.", user.Email)
	}
	return o.Show(user, details)
}
