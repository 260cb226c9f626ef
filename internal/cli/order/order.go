// Package order has the commands about orders.
package order

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "order",
		Short:   "Find, pay, cancel and refund orders",
		Example: "  $ resell order list --since 2026-11-01",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdList(f), newCmdView(f), newCmdPay(f), newCmdCancel(f), newCmdRefund(f), newCmdResend(f))
	}
	return cmd
}

func columns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "number"},
		{Field: "created_at", Header: "BOUGHT", Format: p.Day(), Spare: true},
		{Field: "kind", Data: true},
		{Field: "product", Whole: true},
		{Field: "active", Right: true, Spare: true},
		{Field: "available", Header: "TO SELL", Right: true, Spare: true},
		{Field: "company.name", Header: "COMPANY"},
		{Field: "state"},
		{Field: "payment", Spare: true},
		{Field: "amount", Format: command.OrderAmount(p), Right: true},
		{Field: "currency", Data: true},
		{Field: "credits", Data: true},
		{Field: "invoice_reference", Header: "REFERENCE", Data: true},
	}
}
