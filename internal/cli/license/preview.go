package license

import (
	"fmt"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

func previewColumns(p *output.Printer) []output.Column {
	money := output.Money("currency")
	return []output.Column{
		{Field: "kind"},
		{Field: "company.name", Header: "Company"},
		{Field: "product.sku", Header: "Product"},
		{Field: "contract"},
		{Field: "conditions"},
		{Field: "license_id"},
		{Field: "term"},
		{Field: "starts_on"},
		{Field: "ends_on", Format: endOr(p)},
		{Field: "quantity"},
		{Field: "unit_price", Format: money},
		{Field: "amount", Format: money},
		{Field: "currency", Data: true},
		{Field: "payment"},
		{Field: "balance_before", Format: money},
		{Field: "balance_after", Format: money},
		{Field: "existing"},
		{Field: "ending_this_month"},
	}
}

// confirm tells the person at the terminal what it will cost, and asks.
func confirm(f *command.Factory, flags command.ConfirmFlags, p api.Preview) error {
	if flags.Yes {
		return nil
	}
	end := "never ends"
	if p.EndsOn != nil {
		end = "ends on " + *p.EndsOn
	}
	whose := "for stock"
	if p.Company != nil {
		whose = "for " + p.Company.Name
	}
	f.Note("%s %s: %d × %s, %s, starts on %s, %s", p.Kind, whose, p.Quantity, p.Product.Name, p.Term, p.StartsOn, end)
	if p.Amount != 0 {
		f.Note("contract %s: %s", p.Contract, p.Conditions)
	}
	if p.Existing > 0 {
		f.Note("adds %d to %d existing, %d of them end this month", p.Quantity, p.Existing, p.EndingSoon)
	}
	if p.Amount == 0 {
		deed := "Start the trial"
		if !strings.HasPrefix(p.Term, "trial") {
			deed = "Go ahead, free of charge,"
		}
		return f.Confirm(flags, fmt.Sprintf("%s with %s?", deed, f.Where()))
	}
	f.Note("balance %s, after it %s", output.FormatMoney(p.BalanceBefore, p.Currency), output.FormatMoney(p.BalanceAfter, p.Currency))
	return f.Confirm(flags, fmt.Sprintf("Spend %s with %s?", output.FormatMoney(p.Amount, p.Currency), f.Where()))
}
