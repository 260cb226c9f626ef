package licensing

import (
	"cmp"
	"strings"
)

// Active reports whether purchases can be made under the contract on a day.
func (c Contract) Active(today Date) bool { return c.State(today) == ContractActive }

// ContractState is whether a contract can be bought under.
type ContractState string

// The states of a contract.
const (
	ContractActive  ContractState = "active"
	ContractPending ContractState = "pending" // not begun
	ContractEnded   ContractState = "ended"
	ContractClosed  ContractState = "closed"
)

// State tells whether purchases can be made under the contract on a day.
func (c Contract) State(today Date) ContractState {
	switch {
	case !c.ClosedAt.IsZero():
		return ContractClosed
	case today.Before(c.StartsOn):
		return ContractPending
	case !c.EndsOn.IsZero() && !today.Before(c.EndsOn):
		return ContractEnded
	}
	return ContractActive
}

// CheckOpen refuses purchases under a contract that is not active, with contract_closed.
func (c Contract) CheckOpen(today Date) error {
	if s := c.State(today); s != ContractActive {
		return Errorf(CodeContractClosed, "contract %s is %s", c.Number, s).WithHint("buy under an active contract")
	}
	return nil
}

// Payable lists the ways to pay under the contract: those that its conditions name,
// and every one but on account where they name none.
func (c Contract) Payable() []Payment {
	if len(c.Payments) == 0 {
		return []Payment{PayBalance, PayCard, PayCredits}
	}
	var ways []Payment
	for _, p := range Payments() {
		if c.Payments.Has(string(p)) {
			ways = append(ways, p)
		}
	}
	return ways
}

// ChoosePayment gives the way to pay that was asked for, or where none was the first
// that pays at once: by card it is for somebody else to pay. It fails with
// payment_not_allowed.
func ChoosePayment(asked Payment, ways []Payment) (Payment, error) {
	names := make([]string, len(ways))
	for i, p := range ways {
		if p == asked || (asked == "" && p != PayCard) {
			return p, nil
		}
		names[i] = string(p)
	}
	refusal := Errorf(CodePaymentNotAllowed, "this cannot be paid by %s", cmp.Or(asked, "what pays at once"))
	if len(ways) == 0 {
		return "", refusal.WithHint("there is no way to pay under this contract: ask the vendor")
	}
	return "", refusal.WithHint("it can be paid by: %s", strings.Join(names, ", "))
}

// CheckOffer refuses a term that the product is not sold for, and serial numbers
// where they do not belong or are missing. Codes: term_not_offered,
// serial_required, serial_not_allowed, invalid_quantity.
func (p Product) CheckOffer(t Term, quantity int64, serials []string) error {
	if !p.Terms.Has(string(t.Kind)) {
		return Errorf(CodeTermNotOffered, "%s is not sold for the term %s", p.SKU, t).WithHint("its terms: %s", strings.Join(p.Terms, ", "))
	}
	if t.Kind == TermPerpetual && p.Kind == KindDevice {
		if len(serials) == 0 {
			return Errorf(CodeSerialRequired, "a perpetual license of the device product %s is bound to serial numbers", p.SKU).WithHint("give one --serial for each device")
		}
	} else if len(serials) > 0 {
		return Errorf(CodeSerialNotAllowed, "serial numbers go with perpetual licenses of device products only")
	}
	if len(serials) > 0 && quantity != int64(len(serials)) {
		return Errorf(CodeInvalidQuantity, "the quantity is %d, but %d serial numbers are given", quantity, len(serials)).
			WithHint("leave the quantity out: it is the number of serials")
	}
	if err := checkSerials(serials); err != nil {
		return err
	}
	return CheckQuantity(quantity)
}

// checkSerials refuses what two people would write differently for one device: serial
// numbers are visible ASCII, without commas.
func checkSerials(serials []string) error {
	seen := make(map[string]bool, len(serials))
	for i, s := range serials {
		if !isSerial(s) {
			return Invalid("serials", "number %d is empty, too long, or has other characters than letters, digits and signs", i+1)
		}
		if seen[s] {
			return Invalid("serials", "has number %d twice", i+1)
		}
		seen[s] = true
	}
	return nil
}

func isSerial(s string) bool {
	return s != "" && len(s) <= 100 && !strings.ContainsFunc(s, notInSerial)
}

func notInSerial(r rune) bool { return r <= ' ' || r > '~' || r == ',' }

// Describe is the text of an order line.
func (p Product) Describe(t Term, period Period, serials []string) string {
	text := p.Name + span(t.String(), period)
	if len(serials) > 0 {
		text += ", serial " + strings.Join(serials, ", ")
	}
	return text
}

// Subject is what is sold, without the term and the period: an invoice says those in
// its own language.
func (l OrderLine) Subject() string {
	return strings.Replace(l.Description, span(l.Term, Period{StartsOn: l.StartsOn, EndsOn: l.EndsOn}), "", 1)
}

func span(term string, period Period) string {
	text := ", " + term + ", from " + period.StartsOn.String()
	if !period.EndsOn.IsZero() {
		text += " to before " + period.EndsOn.String()
	}
	return text
}
