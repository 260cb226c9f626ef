package user

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	return command.NewView(f, command.View[api.UserViewInput, api.User]{
		Text: command.Text{
			Short:   "View a user",
			Long:    "View a user, named by login or id.",
			Example: "  $ resell user view ann",
		},
		Op:      api.UserView,
		Noun:    "user",
		Input:   func(ref string) api.UserViewInput { return api.UserViewInput{User: ref} },
		Columns: details,
	})
}
