package user

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	return command.NewList(f, "list", command.Listing[api.UserListInput, api.UserFilter, api.User]{
		Text: command.Text{
			Short: "List users",
			Long:  "List your people, newest first, or those of a sub-reseller.",
			Example: "  $ resell user list --role owner\n" +
				"  $ resell user list --state invited --json login,email\n" +
				"  $ resell user list --reseller north",
		},
		Op: api.UserList,
		Input: func(filter api.UserFilter) api.UserListInput {
			return api.UserListInput{UserFilter: filter}
		},
		Columns: columns,
	})
}
