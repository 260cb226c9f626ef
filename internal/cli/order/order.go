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
		Short:   "Find and view orders",
		Example: "  $ resell order list --since 2026-11-01",
	}
	cmd.AddCommand(newCmdList(f), newCmdView(f))
	return cmd
}

func columns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "number"},
		{Field: "created_at", Header: "BOUGHT", Format: p.Day()},
		{Field: "kind", Data: true},
		{Field: "state"},
		{Field: "company.name", Header: "COMPANY"},
		{Field: "amount", Format: output.Money("currency"), Right: true},
		{Field: "currency", Data: true},
		{Field: "payment", Data: true},
		{Field: "invoice_reference", Header: "REFERENCE"},
	}
}

func details(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "number"},
		{Field: "kind"},
		{Field: "state"},
		{Field: "company.name", Header: "Company"},
		{Field: "payment"},
		{Field: "amount", Format: output.Money("currency")},
		{Field: "currency", Data: true},
		{Field: "invoice_reference"},
		{Field: "note"},
		{Field: "created_at", Format: p.Day()},
		{Field: "lines", Format: command.Lines},
	}
}
