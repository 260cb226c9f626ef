// Package invoice has the commands about invoices.
package invoice

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "invoice",
		Short:   "Send and find invoices",
		Example: "  $ resell invoice send --license 7GK2M9QX",
	}
	cmd.AddCommand(newCmdSend(f, nil), newCmdList(f), newCmdView(f))
	return cmd
}

func columns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "number"},
		{Field: "issued_on"},
		{Field: "company.name", Header: "COMPANY"},
		{Field: "amount", Format: output.Money("currency"), Right: true},
		{Field: "currency", Data: true},
		{Field: "state"},
		{Field: "email", Data: true},
		{Field: "mailed_at", Header: "MAILED", Format: mailed(p)},
	}
}

func details(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "number"},
		{Field: "state"},
		{Field: "company.name", Header: "Company"},
		{Field: "email"},
		{Field: "amount", Format: output.Money("currency")},
		{Field: "currency", Data: true},
		{Field: "issued_on"},
		{Field: "mailed_at", Format: mailed(p)},
		{Field: "mail_error"},
		{Field: "lines", Format: command.Lines},
	}
}

// counted is "1 invoice" or "3 invoices".
func counted(n int) string {
	if n == 1 {
		return "1 invoice"
	}
	return fmt.Sprintf("%d invoices", n)
}

// mailed tells when the mail server took the invoice.
func mailed(p *output.Printer) func(any, map[string]any) string {
	day := p.Day()
	return func(v any, row map[string]any) string {
		switch {
		case v != nil:
			return day(v, row)
		case row["mail_error"] != "":
			return "failed"
		case row["number"] == "":
			return ""
		}
		return "under way"
	}
}
