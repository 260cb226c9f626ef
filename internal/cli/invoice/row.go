package invoice

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// sentColumns are those of invoices to companies, and of one's own to a vendor.
func sentColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "number"},
		{Field: "kind", Format: kind, Spare: true},
		{Field: "issued_on", Spare: true},
		{Field: "due_on", Header: "DUE"},
		{Field: "buyer.name", Header: "BUYER"},
		{Field: "net", Data: true},
		{Field: "tax", Data: true},
		{Field: "amount", Format: p.Money("currency"), Right: true},
		{Field: "currency", Data: true},
		{Field: "state"},
		{Field: "email", Data: true},
		{Field: "mailed_at", Header: "MAILED", Format: mailed(p), Spare: true},
	}
}

// draftColumns are what is to be checked before an invoice is sent.
func draftColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "buyer.name", Header: "BUYER"},
		{Field: "email"},
		{Field: "due_on", Header: "DUE"},
		{Field: "net", Format: p.Money("currency"), Right: true},
		{Field: "tax", Format: p.Money("currency"), Right: true},
		{Field: "amount", Format: p.Money("currency"), Right: true},
		{Field: "currency", Data: true},
		{Field: "state"},
	}
}

// receivedColumns are those of the vendor's invoices to resellers.
func receivedColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "number"},
		{Field: "kind", Format: kind, Spare: true},
		{Field: "issued_on"},
		{Field: "due_on", Header: "DUE", Spare: true},
		{Field: "order.number", Header: "ORDER"},
		{Field: "buyer.name", Header: "BUYER", Spare: true},
		{Field: "net", Data: true},
		{Field: "tax", Data: true},
		{Field: "amount", Format: p.Money("currency"), Right: true},
		{Field: "currency", Data: true},
		{Field: "state"},
	}
}

func details(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "number"},
		{Field: "kind", Format: kind},
		{Field: "state"},
		{Field: "order.number", Header: "Order"},
		{Field: "cancels.number", Header: "Cancels"},
		{Field: "cancelled_by.number", Header: "Cancelled by"},
		{Field: "seller", Format: party},
		{Field: "buyer", Format: party},
		{Field: "lines", Format: command.Lines(p)},
		{Field: "net", Format: p.Money("currency")},
		{Field: "tax_rate", Format: percent},
		{Field: "tax", Format: p.Money("currency")},
		{Field: "amount", Format: p.Money("currency")},
		{Field: "currency", Data: true},
		{Field: "note"},
		{Field: "issued_on"},
		{Field: "due_on"},
		{Field: "paid_on"},
		{Field: "email"},
		{Field: "language"},
		{Field: "mailed_at", Format: mailed(p)},
		{Field: "mail_error"},
		{Field: "allowed_actions"},
	}
}

// counted is "1 invoice" or "3 invoices".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func kind(v any, _ map[string]any) string {
	return strings.ReplaceAll(fmt.Sprint(v), "_", " ")
}

// party is who sells or buys, on one line.
func party(v any, _ map[string]any) string {
	fields, _ := v.(map[string]any)
	var parts []string
	for _, name := range []string{"name", "address", "postal_code", "city", "country", "vat_id", "email"} {
		if text, _ := fields[name].(string); text != "" {
			parts = append(parts, strings.Join(strings.Fields(text), " "))
		}
	}
	return strings.Join(parts, ", ")
}

// percent writes hundredths of a percent: 2100 is 21%.
func percent(v any, _ map[string]any) string {
	hundredths, err := strconv.ParseInt(fmt.Sprint(v), 10, 64)
	if err != nil {
		return fmt.Sprint(v)
	}
	text := fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + "%"
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
		case row["number"] == "" || row["email"] == "":
			return ""
		}
		return "under way"
	}
}
