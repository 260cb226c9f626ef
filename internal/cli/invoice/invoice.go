// Package invoice has the commands about invoices.
package invoice

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "invoice",
		Short: "Send, find and settle invoices",
		Long: `Send invoices to companies for their licenses, and see those that the vendor has sent for orders.

An invoice is sent, then paid; one that was wrong is made void by a credit note. Numbers have no gaps.`,
		Example: "  $ resell invoice send --license 7GK2M9QX\n" +
			"  $ resell invoice list --received",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(
			newCmdSend(f), newCmdList(f), newCmdView(f), newCmdDownload(f), newCmdResend(f), newCmdPay(f), newCmdVoid(f),
		)
	}
	return cmd
}
