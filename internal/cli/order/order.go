// Package order has the commands about orders.
package order

import (
	"fmt"
	"strings"

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
	cmd.AddCommand(newCmdList(f, nil), newCmdView(f))
	return cmd
}

func columns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "number"},
		{Field: "created_at", Header: "BOUGHT", Format: p.Day()},
		{Field: "kind", Data: true},
		{Field: "product", Whole: true},
		{Field: "active", Right: true},
		{Field: "available", Header: "TO SELL", Right: true},
		{Field: "company.name", Header: "COMPANY"},
		{Field: "state"},
		{Field: "payment"},
		{Field: "amount", Format: amount, Right: true},
		{Field: "currency", Data: true},
		{Field: "credits", Data: true},
		{Field: "invoice_reference", Header: "REFERENCE", Data: true},
	}
}

// amount is what an order cost: money, or credits.
func amount(v any, row map[string]any) string {
	if row["payment"] == "credits" {
		return fmt.Sprintf("%v credits", row["credits"])
	}
	return output.Money("currency")(v, row)
}

func details(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "number"},
		{Field: "created_at", Header: "Bought", Format: p.Day()},
		{Field: "buyer"},
		{Field: "kind"},
		{Field: "product"},
		{Field: "company.name", Header: "Company"},
		{Field: "amount", Format: amount},
		{Field: "currency", Data: true},
		{Field: "credits", Data: true},
		{Field: "payment"},
		{Field: "state"},
		{Field: "refunded_at", Format: p.Day()},
		{Field: "payment_url"},
		{Field: "expires_at", Header: "To be paid by", Format: p.Day()},
		{Field: "distributor"},
		{Field: "invoice_reference"},
		{Field: "note"},
		{Field: "lines", Format: command.Lines},
		{Field: "licenses", Format: licenses},
		{Field: "active"},
		{Field: "available", Header: "To sell"},
		{Field: "mailed_at", Format: p.Day()},
		{Field: "allowed_actions"},
	}
}

// licenses tells of each license that an order made or changed.
func licenses(v any, _ map[string]any) string {
	rows, _ := v.([]any)
	texts := make([]string, 0, len(rows))
	for _, row := range rows {
		license, _ := row.(map[string]any)
		whose := ""
		if company, ok := license["company"].(map[string]any); ok {
			whose = fmt.Sprintf(" to %v", company["name"])
		}
		texts = append(texts, fmt.Sprintf("%v (%v, %v%s)", license["coupon"], license["quantity"], license["state"], whose))
	}
	return strings.Join(texts, "; ")
}
