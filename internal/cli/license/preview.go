package license

import (
	"fmt"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

func previewColumns(p *output.Printer) []output.Column {
	money := p.Money("currency")
	return []output.Column{
		{Field: "kind"},
		{Field: "company.name", Header: "Company"},
		{Field: "product.sku", Header: "Product"},
		{Field: "product_before.sku", Header: "Product before"},
		{Field: "contract"},
		{Field: "conditions"},
		{Field: "distributor"},
		{Field: "license_id"},
		{Field: "term"},
		{Field: "starts_on"},
		{Field: "ends_on", Format: endOr(p)},
		{Field: "quantity"},
		{Field: "quantity_before"},
		{Field: "from_stock", Format: pieces},
		{Field: "stock_available", Header: "In stock"},
		{Field: "unit_price", Format: inMoney(money)},
		{Field: "amount", Format: inMoney(money)},
		{Field: "currency", Data: true},
		{Field: "payment"},
		{Field: "credits", Format: paidBy("credits", plain)},
		{Field: "balance_before", Format: paidBy("balance", money)},
		{Field: "balance_after", Format: paidBy("balance", money)},
		{Field: "credits_before", Format: paidBy("credits", plain)},
		{Field: "credits_after", Format: paidBy("credits", plain)},
		{Field: "existing"},
		{Field: "ending_this_month"},
	}
}

// paidBy shows a field of what is paid in this way, and nothing of what is not.
func paidBy(payment string, format func(any, map[string]any) string) func(any, map[string]any) string {
	return func(v any, row map[string]any) string {
		if row["payment"] != payment {
			return ""
		}
		return format(v, row)
	}
}

// inMoney shows a price, and nothing where credits pay.
func inMoney(format func(any, map[string]any) string) func(any, map[string]any) string {
	return func(v any, row map[string]any) string {
		if row["payment"] == "credits" {
			return ""
		}
		return format(v, row)
	}
}

func plain(v any, _ map[string]any) string { return fmt.Sprint(v) }

// pieces tells what is taken of which license of stock.
func pieces(v any, _ map[string]any) string {
	rows, _ := v.([]any)
	texts := make([]string, 0, len(rows))
	for _, row := range rows {
		piece, _ := row.(map[string]any)
		text := fmt.Sprintf("%v of %v", piece["quantity"], piece["coupon"])
		if piece["ends_on"] != nil {
			text += fmt.Sprintf(", ends on %v", piece["ends_on"])
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "; ")
}

// confirm tells the person at the terminal what it will cost, and asks.
func confirm(f *command.Factory, flags command.ConfirmFlags, p api.Preview) error {
	if flags.Yes {
		return nil
	}
	if p.Quantity == 0 {
		return f.Confirm(flags, fmt.Sprintf("Take %d from stock for %s with %s?", fromStock(p), p.Company.Name, f.Where()))
	}
	whose := "for stock"
	if p.Company != nil {
		whose = "for " + p.Company.Name
	}
	if p.ProductBefore != nil {
		f.Note("%s %s: from %d × %s to %d × %s, %s, %s", p.Kind, whose, p.QuantityBefore, p.ProductBefore.Name, p.Quantity, p.Product.Name, p.Term, whenEnds(f, p.EndsOn))
	} else {
		f.Note("%s %s: %d × %s, %s, starts on %s, %s", p.Kind, whose, p.Quantity, p.Product.Name, p.Term, f.Date(p.StartsOn), whenEnds(f, p.EndsOn))
	}
	if p.Payment != "free" {
		f.Note("contract %s: %s", p.Contract, p.Conditions)
	}
	if p.Distributor != "" {
		f.Note("through %s", p.Distributor)
	}
	if p.Existing > 0 && p.Kind == "purchase" { // an extension adds none
		f.Note("adds %d to %d existing, %d of them end this month", p.Quantity+fromStock(p), p.Existing, p.EndingSoon)
	}
	return f.Confirm(flags, fmt.Sprintf("%s with %s?", deed(f, p), f.Where()))
}

// deed tells of the price, and says what is to be confirmed.
func deed(f *command.Factory, p api.Preview) string {
	total := f.Money(p.Amount, p.Currency)
	switch {
	case p.Amount == 0:
	case p.ProductBefore != nil:
		f.Note("difference in price for what is left of it %s", total)
	default:
		per := "per " + p.Interval
		if p.Interval == "once" {
			per = "each, once"
		}
		f.Note("price %s %s, %s in all", f.Money(p.UnitPrice, p.Currency), per, total)
	}
	switch p.Payment {
	case "credits":
		f.Note("credits of %s %d, after it %d", p.Product.SKU, p.CreditsBefore, p.CreditsAfter)
		return fmt.Sprintf("Spend %d credits of %s", p.Credits, p.Product.SKU)
	case "card":
		return fmt.Sprintf("Order for %s, to be paid by card,", total)
	case "invoice":
		return fmt.Sprintf("Order for %s, on account,", total)
	case "balance":
		f.Note("balance %s, after it %s", f.Money(p.BalanceBefore, p.Currency), f.Money(p.BalanceAfter, p.Currency))
		return "Spend " + total
	}
	if strings.HasPrefix(p.Term, "trial") {
		return "Start the trial"
	}
	return "Go ahead, free of charge,"
}
