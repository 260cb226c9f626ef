// Package device has the commands about devices that a license is activated on.
package device

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "device",
		Short:   "Activate, find and deactivate devices",
		Example: "  $ resell device list --company example.edu --state active",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdActivate(f), newCmdDeactivate(f), newCmdList(f), newCmdView(f))
	}
	return cmd
}

func columns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "serial", Whole: true},
		{Field: "name", Spare: true},
		{Field: "state"},
		{Field: "license.id", Data: true},
		{Field: "license.product", Header: "PRODUCT", Spare: true},
		{Field: "license.company.name", Header: "COMPANY"},
		{Field: "key", Data: true},
		{Field: "activated_at", Header: "ACTIVATED", Format: p.Day(), Spare: true},
	}
}

func details(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "serial"},
		{Field: "name"},
		{Field: "state"},
		{Field: "license.id", Header: "License"},
		{Field: "license.coupon", Header: "Coupon"},
		{Field: "license.product", Header: "Product"},
		{Field: "license.company.name", Header: "Company"},
		{Field: "license.state", Header: "License state"},
		{Field: "key"},
		{Field: "activated_at", Format: p.Day()},
		{Field: "deactivated_at", Format: p.Day()},
		{Field: "allowed_actions"},
	}
}
