// Package auth has the commands about signing in.
package auth

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "auth",
		Short: "Sign in and out",
		Long: `Sign in and out. The token is kept in the keyring of the operating system, for a profile and a host.

A profile is a vendor and who you are there. Several live side by side: name one with --profile or
RESELL_PROFILE, let a project choose it in a file .resell.yaml, or switch to it.

Before the keyring come RESELL_TOKEN, which CI jobs set, and the setting token_command, a command that
prints the token.`,
		Example: "  $ resell auth login --host https://licensing.example.com",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdLogin(f), newCmdLogout(f), newCmdSwitch(f), newCmdStatus(f), newCmdToken(f))
	}
	return cmd
}

// simple is a command without options of its own.
func simple(f *command.Factory, cmd *cobra.Command, run func(context.Context, *command.Factory) error) *cobra.Command {
	cmd.Args = cobra.NoArgs
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), f) }
	return cmd
}
