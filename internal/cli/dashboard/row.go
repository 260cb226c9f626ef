package dashboard

import (
	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/output"
)

// row is one fact of a dashboard. What a fact has not is null, an empty cell.
type row struct {
	Section  string  `json:"section"`
	Label    string  `json:"label"`
	Count    *int64  `json:"count"`
	Quantity *int64  `json:"quantity"`
	Amount   *int64  `json:"amount"`
	Currency *string `json:"currency"`
}

func rowsOf(d api.Dashboard) []row {
	rows := make([]row, 0, len(d.Expiring)+len(d.Revenue)+len(d.Balances)+len(d.Licenses))
	for _, w := range d.Expiring {
		rows = append(rows, row{Section: "expiring", Label: days(w), Count: &w.Licenses, Quantity: &w.Quantity})
	}
	for _, m := range d.Revenue {
		rows = append(rows, row{Section: "revenue", Label: m.Month, Count: &m.Orders, Amount: &m.Amount, Currency: &m.Currency})
	}
	for _, b := range d.Balances {
		rows = append(rows, row{Section: "balance", Label: b.Currency, Amount: &b.Amount, Currency: &b.Currency})
	}
	for _, s := range d.Licenses {
		rows = append(rows, row{Section: "licenses", Label: s.State, Count: &s.Licenses, Quantity: &s.Quantity})
	}
	return rows
}

func days(w api.DashboardWeek) string { return w.From + " to " + w.To }

func rowColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "section"},
		{Field: "label"},
		{Field: "count", Right: true},
		{Field: "quantity", Right: true},
		{Field: "amount", Format: p.Money("currency"), Right: true},
		{Field: "currency", Data: true},
	}
}
