package license

import (
	"fmt"
	"time"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/output"
)

// cardOf is a license as somebody sees it who helps a customer: what it is, what is
// left of it, and what can be done.
func cardOf(p *output.Printer, license api.License, today time.Time) output.Card {
	title := license.Product.Name + ", in stock"
	if license.Company != nil {
		title = license.Product.Name + ", " + license.Company.Name
	}
	card := output.Card{Title: title, Sections: []output.Section{{Item: license, Columns: cardColumns(p, license, today)}}}
	if actions := commandsFor(license); len(actions) > 0 {
		card.Sections = append(card.Sections, output.Section{Heading: "Can be done now", Lines: actions})
	}
	return card
}

func cardColumns(p *output.Printer, license api.License, today time.Time) []output.Column {
	ofQuantity := func(used int64, what string) func(any, map[string]any) string {
		return func(any, map[string]any) string {
			return p.Share(used, license.Quantity, fmt.Sprintf("%d of %d %s", used, license.Quantity, what))
		}
	}
	return []output.Column{
		{Field: "coupon"},
		{Field: "name"},
		{Field: "state", Format: func(any, map[string]any) string { return stateWords(license.State) }},
		{Field: "ends_on", Format: endOr(p)},
		{Field: "term", Format: func(any, map[string]any) string { return termWords(p, license, today) }},
		{Field: "quantity"},
		{Field: "key_seats", Format: ofQuantity(license.KeySeats, "given to keys")},
		{Field: "devices", Format: ofQuantity(license.Devices, "active")},
		{Field: "serials"},
		{Field: "amount", Format: p.Money("currency")},
		{Field: "billing", Format: func(any, map[string]any) string { return billingWords(license) }},
		{Field: "auto_renew", Format: renews},
		{Field: "renewal_failed_on", Format: p.Day()},
		{Field: "product.sku"},
		{Field: "company.domain", Header: "Domain"},
		{Field: "order_number"},
		{Field: "distributor"},
		{Field: "invoice_reference"},
		{Field: "email"},
		{Field: "note"},
		{Field: "reseller"},
		{Field: "created_at", Format: p.Day()},
		{Field: "activated_at", Format: p.Day()},
		{Field: "paused_at", Format: p.Day()},
		{Field: "id"},
	}
}

func stateWords(state string) string {
	words := map[string]string{
		"available": "in stock, for no company yet",
		"assigned":  "its company has not activated it yet",
		"active":    "in use",
		"paused":    "stopped until it is resumed; its end does not move",
		"expired":   "it ended; extend it to go on",
		"refunded":  "the money went back; it is over for good",
		"deleted":   "it was never used; it is over for good",
	}[state]
	if words == "" {
		return state
	}
	return state + ": " + words
}

func billingWords(license api.License) string {
	words := map[string]string{
		"unbilled": "its company has not been invoiced",
		"invoiced": "its company has not paid yet",
		"paid":     "by its company",
		"free":     "there is nothing to pay",
	}[license.Billing]
	if words == "" || license.Company == nil {
		return license.Billing
	}
	return license.Billing + ": " + words
}

// termWords tells how much of its time is gone; a license without an end has none.
func termWords(p *output.Printer, license api.License, today time.Time) string {
	text := license.Term + " from " + p.Locale().Date(license.StartsOn)
	if license.EndsOn == nil {
		return text
	}
	from, err := time.Parse(time.DateOnly, license.StartsOn)
	if err != nil {
		return text
	}
	until, err := time.Parse(time.DateOnly, *license.EndsOn)
	if err != nil || !until.After(from) {
		return text
	}
	day, err := time.Parse(time.DateOnly, today.Format(time.DateOnly)) // as the dates are, without a time zone
	if err != nil {
		return text
	}
	whole := int64(until.Sub(from).Hours() / 24)
	gone := min(max(int64(day.Sub(from).Hours()/24), 0), whole)
	return p.Share(gone, whole, fmt.Sprintf("%s, %d%% gone", text, 100*gone/whole))
}
