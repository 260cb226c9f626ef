package licensing

import (
	"strconv"
	"strings"
)

// BillingOf tells where a license stands from its priced lines: each is the state of
// the invoice that billed it, "" where none has, or where that is void.
func BillingOf(lines []InvoiceState) Billing {
	billing := BillingFree
	for _, state := range lines {
		switch state {
		case InvoicePaid:
			if billing == BillingFree {
				billing = BillingPaid
			}
		case InvoiceSent:
			billing = BillingInvoiced
		default:
			return BillingUnbilled
		}
	}
	return billing
}

// DueDays is how long a company or a reseller has to pay where nothing else was said.
const DueDays = 30

const maxDueDays = 365

// ParseDue reads when an invoice of a date is due: a number of days such as 30d, at
// most a year, or a date not before the invoice's. Empty is after DueDays. It fails
// with invalid_request.
func ParseDue(text string, issued Date) (Date, error) {
	if text == "" {
		return issued.AddDays(DueDays), nil
	}
	due, err := ParseDate(text)
	if err != nil {
		n, isDays := strings.CutSuffix(text, "d")
		days, err := strconv.Atoi(n)
		if err != nil || !isDays || days < 0 {
			return Date{}, Invalid("due", "must be a number of days such as 30d, or a date such as 2026-12-21")
		}
		if days > maxDueDays {
			return Date{}, Invalid("due", "must be at most %d days away", maxDueDays)
		}
		return issued.AddDays(days), nil
	}
	switch days := issued.DaysUntil(due); {
	case days < 0:
		return Date{}, Invalid("due", "must not be before the invoice's own date, %s", issued)
	case days > maxDueDays:
		return Date{}, Invalid("due", "must be at most %d days away", maxDueDays)
	}
	return due, nil
}
