// Package token has the commands about API tokens.
package token

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "token",
		Short: "Make API tokens for machines, and revoke them",
		Example: "  $ resell token create --name nightly-export --scope license:read --scope company:read --expires 365d\n" +
			"  $ resell token list --state active",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdCreate(f), newCmdList(f), newCmdRevoke(f))
	}
	return cmd
}

func columns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "name"},
		{Field: "state"},
		{Field: "user", Spare: true},
		{Field: "scopes", Spare: true},
		{Field: "contracts", Data: true},
		{Field: "expires_at", Header: "EXPIRES", Format: p.Day()},
	}
}

func details(*output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "name"},
		{Field: "state"},
		{Field: "user"},
		{Field: "scopes"},
		{Field: "contracts"},
		{Field: "expires_at"},
		{Field: "revoked_at"},
		{Field: "created_at"},
	}
}
