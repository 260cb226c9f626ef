package invoice

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
)

// ErrInvalid is wrapped by every error of [Document.Validate].
var ErrInvalid = errors.New("invalid document")

// Document is an invoice or a credit note as it is read: what [HTML] and [PDF]
// write. Amounts are minor units of Currency and printed with the sign they have.
type Document struct {
	Kind   licensing.InvoiceKind
	Number string
	// IssuedOn is the document's date; DueOn is none when nothing is left to pay.
	IssuedOn, DueOn licensing.Date
	// Of a party all but the name may be empty. A country that is a code is printed by
	// its name.
	Seller, Buyer licensing.Party
	Lines         []Line
	Currency      string
	// Net is the sum of the lines, TaxRate hundredths of a percent (1900 is 19%),
	// Total is Net and Tax. Without rate and tax only the total is printed.
	Net, TaxRate, Tax, Total int64
	// References are the buyer's own words for what is billed, such as order numbers.
	References []string
	// Cancels is the number of the invoice that a credit note cancels.
	Cancels string
	// PaidOn is none until the whole total is paid.
	PaidOn licensing.Date
	// Note is printed below the total, its line breaks kept: bank details, the
	// reason why there is no tax.
	Note string
	// Language of the fixed words: de, en, es, fr or nl, with or without a region;
	// English for any other.
	Language string
}

// Line is one line of a document.
type Line struct {
	Description string
	Quantity    int64
	UnitPrice   int64
	// Per is the interval that UnitPrice pays for; once and none print nothing.
	Per    licensing.Interval
	Amount int64
	// From is the first day of the period that is billed, To the first day after it:
	// a license's ends_on. What is printed is the last day. No To is without end.
	From, To licensing.Date
	// Reference is the buyer's own word for the line.
	Reference string
}

// NewDocument is the document of an invoice as it was stored. One that is void has
// nothing left to be paid.
func NewDocument(i licensing.Invoice) Document {
	d := Document{
		Kind: i.Kind, Number: i.Number, IssuedOn: i.IssuedOn, DueOn: i.DueOn, Seller: i.Seller, Buyer: i.Buyer, Currency: i.Currency,
		Net: i.Net, TaxRate: i.TaxRate, Tax: i.Tax, Total: i.Amount,
		Cancels: string(i.CancelsNumber), PaidOn: i.PaidOn, Note: i.Note, Language: i.Language,
	}
	if i.State == licensing.InvoiceVoid {
		d.DueOn = licensing.Date{}
	}
	if i.OrderNumber != "" {
		d.References = []string{string(i.OrderNumber)}
	}
	for _, l := range i.Lines {
		d.Lines = append(d.Lines, Line{
			Description: l.Description, Quantity: l.Quantity, UnitPrice: l.UnitPrice, Per: l.Interval, Amount: l.Amount,
			From: l.StartsOn, To: l.EndsOn, Reference: l.InvoiceReference,
		})
	}
	return d
}

// Validate reports the first thing that keeps d from being an invoice: something
// missing, lines that do not add up to Net, a tax that TaxRate does not make (it
// may be rounded line by line), a Total that is not Net and Tax. Its errors wrap
// [ErrInvalid].
func (d Document) Validate() error {
	if err := d.complete(); err != nil {
		return fmt.Errorf("document %s: %w: %w", d.Number, ErrInvalid, err)
	}
	if err := d.addsUp(); err != nil {
		return fmt.Errorf("document %s: %w: %w", d.Number, ErrInvalid, err)
	}
	return nil
}

func (d Document) complete() error {
	switch {
	case d.Kind != licensing.KindInvoice && d.Kind != licensing.KindCreditNote:
		return fmt.Errorf("unknown kind %q", d.Kind)
	case blank(d.Number):
		return errors.New("the number is missing")
	case d.IssuedOn.IsZero():
		return errors.New("the date is missing")
	case blank(d.Seller.Name):
		return errors.New("the seller's name is missing")
	case blank(d.Buyer.Name):
		return errors.New("the buyer's name is missing")
	case len(d.Currency) != 3 || strings.Trim(d.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		return fmt.Errorf("%q is no currency code", d.Currency)
	case d.Kind == licensing.KindCreditNote && blank(d.Cancels):
		return errors.New("a credit note names the invoice that it cancels")
	case len(d.Lines) == 0:
		return errors.New("there are no lines")
	case d.TaxRate < 0:
		return errors.New("the tax rate is negative")
	}
	return d.linesComplete()
}

func (d Document) linesComplete() error {
	for i, l := range d.Lines {
		if blank(l.Description) {
			return fmt.Errorf("line %d has no description", i+1)
		}
		if !l.To.IsZero() && !l.To.After(l.From) {
			return fmt.Errorf("line %d ends on %s, before it begins", i+1, l.To)
		}
	}
	return nil
}

// addsUp reckons in big integers: a sum that overflows could look right.
func (d Document) addsUp() error {
	net := new(big.Int)
	for _, l := range d.Lines {
		net.Add(net, big.NewInt(l.Amount))
	}
	if net.Cmp(big.NewInt(d.Net)) != 0 {
		return fmt.Errorf("the lines add up to %s, not to the net amount %d", net, d.Net)
	}
	total := new(big.Int).Add(net, big.NewInt(d.Tax))
	if total.Cmp(big.NewInt(d.Total)) != 0 {
		return fmt.Errorf("net and tax add up to %s, not to the total %d", total, d.Total)
	}

	// Rounded once or on every line, the tax is off by half a unit a line at most; taken
	// out of the total, it is off by half a unit and the tax on that.
	const whole = 100 * 100
	off := new(big.Int).Mul(net, big.NewInt(d.TaxRate))
	off.Sub(off, new(big.Int).Mul(big.NewInt(d.Tax), big.NewInt(whole)))
	if off.CmpAbs(big.NewInt(max(int64(len(d.Lines))*whole, whole+d.TaxRate)/2)) > 0 {
		return fmt.Errorf("a tax of %d is not what a rate of %d makes of %s", d.Tax, d.TaxRate, net)
	}
	return nil
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
