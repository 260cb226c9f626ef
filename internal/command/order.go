package command

import (
	"fmt"
	"strings"

	"github.com/resell-cli/resell/internal/output"
)

// OrderAmount is what an order cost: money, or credits.
func OrderAmount(p *output.Printer) func(any, map[string]any) string {
	money := p.Money("currency")
	return func(v any, row map[string]any) string {
		if row["payment"] == "credits" {
			return fmt.Sprintf("%v credits", row["credits"])
		}
		return money(v, row)
	}
}

// OrderDetails are the columns of one order, wherever an order is what a command comes
// to.
func OrderDetails(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "number"},
		{Field: "created_at", Header: "Bought", Format: p.Day()},
		{Field: "buyer"},
		{Field: "kind"},
		{Field: "product"},
		{Field: "company.name", Header: "Company"},
		{Field: "amount", Format: OrderAmount(p)},
		{Field: "currency", Data: true},
		{Field: "credits", Data: true},
		{Field: "payment"},
		{Field: "state"},
		{Field: "refunded_at", Format: p.Day()},
		{Field: "payment_url", Header: "Pay at", Whole: true},
		{Field: "expires_at", Header: "Pay until", Format: p.Day()},
		{Field: "distributor"},
		{Field: "invoice_reference"},
		{Field: "note"},
		{Field: "lines", Format: Lines(p)},
		{Field: "licenses", Format: orderLicenses},
		{Field: "active"},
		{Field: "available", Header: "To sell"},
		{Field: "mailed_at", Format: p.Day()},
		{Field: "allowed_actions"},
	}
}

// orderLicenses tells of each license that an order made or changed.
func orderLicenses(v any, _ map[string]any) string {
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
