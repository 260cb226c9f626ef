package licensing

import (
	"encoding/json"
	"fmt"
	"strings"
)

// HistoryEntry is an event as a part of the history of a license or a company.
type HistoryEntry struct {
	Event

	Coupon      Ref `db:"coupon,readonly"` // of the license
	ProductName Ref `db:"product_name,readonly"`
	CompanyName Ref `db:"company_name,readonly"`
	OrderNumber Ref `db:"order_number,readonly"`
}

// change is what events keep of what they are about, before and after: some columns
// of a license, an order, an invoice, a device, a key or a link.
type change struct {
	Quantity         int64                          `json:"quantity"`
	Term             string                         `json:"term"`
	EndsOn           string                         `json:"ends_on"`
	Amount           int64                          `json:"amount"`
	Currency         string                         `json:"currency"`
	ProductID        string                         `json:"product_id"`
	Name             string                         `json:"name"`
	Note             string                         `json:"note"`
	Email            string                         `json:"email"`
	InvoiceReference string                         `json:"invoice_reference"`
	Serial           string                         `json:"serial"`
	Payment          Payment                        `json:"payment"`
	Credits          int64                          `json:"credits"`
	Number           string                         `json:"number"`
	Count            int64                          `json:"count"`
	Seats            int64                          `json:"seats"`
	Reason           string                         `json:"reason"`
	Lines            []struct{ Description string } `json:"lines"`
}

// Text says in a sentence what happened.
func (e HistoryEntry) Text() string {
	var data struct{ Before, After change }
	if err := json.Unmarshal([]byte(e.Data), &data); err != nil {
		return e.words()
	}
	before, after := data.Before, data.After
	switch e.Type {
	case "license.added":
		return fmt.Sprintf("Added: %d × %s, %s%s", after.Quantity, e.ProductName, after.Term, after.until())
	case "license.extended":
		return "Extended by " + after.Term + after.until() + cost(before, after)
	case "license.renewed":
		return "Renewed for " + after.Term + after.until() + cost(before, after)
	case "license.renewal_failed":
		return "Not renewed: " + after.Reason
	case "license.upgraded":
		return "Upgraded" + upgraded(before, after) + cost(before, after)
	case "license.edited":
		return "Edited: " + edited(before, after)
	case "license.assigned":
		return fmt.Sprintf("Assigned to %s", e.CompanyName)
	case "license.split":
		if before.Quantity > 0 {
			return fmt.Sprintf("Split: %d of %d are left", after.Quantity, before.Quantity)
		}
		return fmt.Sprintf("Split off from stock: %d × %s", after.Quantity, e.ProductName)
	case "license.transferred":
		return fmt.Sprintf("Transferred from device %s to %s", before.Serial, after.Serial)
	case "license.auto_renew_on":
		return "Auto-renewal switched on"
	case "license.auto_renew_off":
		return "Auto-renewal switched off"
	case "device.activated":
		return "Device activated: " + after.Serial
	case "device.deactivated":
		return "Device deactivated: " + before.Serial
	case "key.generated":
		return fmt.Sprintf("Keys generated: %d", after.Count)
	case "key.assigned":
		return fmt.Sprintf("Key assigned, with seats: %d", after.Seats)
	case "order.placed":
		return "Order placed: " + after.order() + ", to be paid by " + string(after.Payment)
	case "order.processed":
		return "Order processed: " + after.order() + after.paid()
	case "order.refunded":
		return "Order refunded: " + after.order()
	case "invoice.sent":
		return fmt.Sprintf("Invoice %s sent to %s, %s", after.Number, after.Email, FormatAmount(after.Amount, after.Currency))
	}
	if number := after.Number; strings.HasPrefix(e.Type, "invoice.") && number != "" {
		return fmt.Sprintf("%s: %s, %s", e.words(), number, FormatAmount(after.Amount, after.Currency))
	}
	return e.words()
}

// words reads the type of an event: license.paused is "License paused".
func (e HistoryEntry) words() string {
	text := strings.NewReplacer(".", " ", "_", " ").Replace(e.Type)
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func (c change) until() string {
	if c.EndsOn == "" {
		return ", never ends"
	}
	return ", ends on " + c.EndsOn
}

// cost is what a license has cost in between.
func cost(before, after change) string {
	if after.Amount == before.Amount {
		return ""
	}
	return ", " + FormatAmount(after.Amount-before.Amount, after.Currency)
}

func upgraded(before, after change) string {
	text := ""
	if before.ProductID != after.ProductID {
		text = " to another edition"
	}
	if before.Quantity != after.Quantity {
		text += fmt.Sprintf(" from %d to %d", before.Quantity, after.Quantity)
	}
	return text
}

func edited(before, after change) string {
	var names []string
	for _, field := range []struct{ name, before, after string }{
		{"name", before.Name, after.Name},
		{"note", before.Note, after.Note},
		{"e-mail", before.Email, after.Email},
		{"invoice reference", before.InvoiceReference, after.InvoiceReference},
	} {
		if field.before != field.after {
			names = append(names, field.name)
		}
	}
	return strings.Join(names, ", ")
}

// order is what was ordered, and for how much.
func (c change) order() string {
	if len(c.Lines) == 0 {
		return FormatAmount(c.Amount, c.Currency)
	}
	text := c.Lines[0].Description
	if more := len(c.Lines) - 1; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text + ", " + FormatAmount(c.Amount, c.Currency)
}

// paid tells how an order was paid.
func (c change) paid() string {
	switch c.Payment {
	case PayBalance:
		return " from the balance"
	case PayCredits:
		return fmt.Sprintf(", paid with credits: %d", c.Credits)
	case PayCard:
		return " by card"
	case PayInvoice:
		return " on account"
	case PayNothing:
	}
	return ""
}
