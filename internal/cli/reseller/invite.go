package reseller

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdInvite(f *command.Factory) *cobra.Command {
	return command.NewAction(f, "invite", command.Action[api.ResellerInviteInput, api.Reseller]{
		Text: command.Text{
			Short: "Mail a sub-reseller its first password again",
			Long: `Mail the first person of a sub-reseller another password, where nobody has signed in with the one that
was mailed before; that one is worth nothing any more. Once somebody has signed in, the people of a
reseller are its own business.`,
			Example: "  $ resell reseller invite north",
		},
		Op:      api.ResellerInvite,
		Noun:    "reseller",
		Input:   func(ref string) api.ResellerInviteInput { return api.ResellerInviteInput{Reseller: ref} },
		Columns: details,
		Note:    "A new password is on its way.",
	})
}
