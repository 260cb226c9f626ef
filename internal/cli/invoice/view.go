package invoice

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

func newCmdView(f *command.Factory) *cobra.Command {
	return command.NewView(f, command.View[api.InvoiceViewInput, api.Invoice]{
		Text: command.Text{
			Short:   "View an invoice",
			Long:    "View an invoice or credit note, sent or received, named by its id or number: who sells and buys, its lines and taxes, and where it stands.",
			Example: "  $ resell invoice view INV-2026-000001",
		},
		Op:      api.InvoiceView,
		Noun:    "invoice",
		Input:   func(ref string) api.InvoiceViewInput { return api.InvoiceViewInput{Invoice: ref} },
		Columns: details,
		Card:    card,
	})
}

// card is an invoice with its lines as the document has them.
func card(p *output.Printer, i api.Invoice) output.Card {
	title := i.Buyer.Name
	if i.Number != "" {
		title = i.Number + ", " + title
	}
	facts := slices.DeleteFunc(details(p), func(c output.Column) bool { return c.Field == "lines" || c.Field == "number" })
	return output.Card{Title: title, Sections: []output.Section{
		{Item: i, Columns: facts},
		{Heading: "Lines", Rows: i.Lines, Columns: lineColumns(p, i.Currency)},
	}}
}

func lineColumns(p *output.Printer, currency string) []output.Column {
	return []output.Column{
		{Field: "quantity", Header: "QTY", Right: true},
		{Field: "description", Wrap: true},
		{Field: "starts_on", Header: "FROM"},
		{Field: "ends_on", Header: "TO BEFORE"},
		{Field: "unit_price", Right: true, Format: func(_ any, line map[string]any) string {
			return command.UnitPrice(p.Locale(), line, currency)
		}},
		{Field: "amount", Right: true, Format: func(v any, _ map[string]any) string {
			return command.Minor(p.Locale(), v, currency)
		}},
		{Field: "invoice_reference", Header: "REFERENCE", Spare: true},
	}
}
