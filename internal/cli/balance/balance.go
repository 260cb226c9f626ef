// Package balance has the commands about money.
package balance

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "balance",
		Short:   "See your balance, your credits and their ledgers",
		Example: "  $ resell balance view",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdView(f), newCmdHistory(f))
	}
	return cmd
}
