// Package user has the commands about people.
package user

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user",
		Short: "Give people accounts, and say what they may do",
		Long: `Give people accounts, and say what they may do by a role:

  owner       everything, people and tokens included
  seller      customers, licenses, keys and orders
  support     sees everything; changes companies, licenses and keys, and buys nothing
  accountant  sees everything; sends and settles invoices
  viewer      sees everything

Nobody can give another person more than they may do themselves.`,
		Example: "  $ resell user create --login ann --email ann@example.com --name \"Ann Lee\" --role seller\n" +
			"  $ resell user password",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdCreate(f), newCmdList(f), newCmdView(f), newCmdEdit(f), newCmdDelete(f), newCmdPassword(f))
	}
	return cmd
}

func roles() []string { return []string{"owner", "seller", "support", "accountant", "viewer"} }

func columns(*output.Printer) []output.Column {
	return []output.Column{{Field: "id", Spare: true}, {Field: "login", Whole: true}, {Field: "name"}, {Field: "email", Spare: true}, {Field: "role"}, {Field: "state"}}
}

func details(p *output.Printer) []output.Column {
	return append(columns(p), []output.Column{
		{Field: "contracts"},
		{Field: "version"},
		{Field: "created_at"},
		{Field: "updated_at"},
	}...)
}
