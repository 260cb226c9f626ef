package reseller

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type inviteOptions struct {
	*command.Factory
	command.WriteFlags
	reseller string
}

func newCmdInvite(f *command.Factory, runF func(context.Context, *inviteOptions) error) *cobra.Command {
	o := &inviteOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "invite <reseller>",
		Short: "Mail a sub-reseller its first password again",
		Long: `Mail the first person of a sub-reseller another password, where nobody has signed in with the one that
was mailed before; that one is worth nothing any more. Once somebody has signed in, the people of a
reseller are its own business.`,
		Example: "  $ resell reseller invite north",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.reseller = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return inviteRun(cmd.Context(), o)
		},
	}
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.Reseller{})
	return cmd
}

func inviteRun(ctx context.Context, o *inviteOptions) error {
	reseller, err := command.Write(ctx, o.Factory, o.WriteFlags, api.ResellerInvite, api.ResellerInviteInput{Reseller: o.reseller})
	if err != nil {
		return err
	}
	o.Note("A new password is on its way.")
	return o.Show(reseller, details)
}
