package invoice

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
)

// sheet is a document in words: what stands on the page, whatever draws it.
type sheet struct {
	Words         language
	Title         string // Invoice
	Heading       string // Invoice INV-2026-000001
	Seller, Buyer block
	Facts         []fact
	Currency      string
	Rows          []row
	Sums          []fact
	Total         fact
	// Closing is what is to be done, and Note the seller's own lines.
	Closing string
	Note    []string
}

// block is a name and the lines below it.
type block struct {
	Name  string
	Lines []string
}

// fact is a label with its value; Date is the value for machines, where it is a date.
type fact struct {
	Label, Value, Date string
}

// row is one line of the table. Details stand below the description, Per below the price.
type row struct {
	No, Description              string
	Details                      []string
	Quantity, Price, Per, Amount string
}

// newSheet puts a valid document into words.
func newSheet(d Document) sheet {
	w := speak(d.Language)
	s := sheet{
		Words: w, Title: w.Invoice, Currency: d.Currency,
		Seller: newBlock(w, d.Seller), Buyer: newBlock(w, d.Buyer),
		Total: fact{Label: w.Total, Value: w.money(d.Total, d.Currency)},
		Note:  textLines(d.Note),
	}
	if d.Kind == licensing.KindCreditNote {
		s.Title = w.Reversal
	}
	s.Heading = s.Title + " " + oneLine(d.Number)
	s.Facts = facts(w, d)
	for i, l := range d.Lines {
		s.Rows = append(s.Rows, newRow(w, i+1, l, d.Currency))
	}
	if d.Tax != 0 || d.TaxRate != 0 {
		s.Sums = []fact{
			{Label: w.Net, Value: w.money(d.Net, d.Currency)},
			{Label: fmt.Sprintf(w.Tax, w.percent(d.TaxRate)), Value: w.money(d.Tax, d.Currency)},
		}
	}
	s.Closing = closing(w, d)
	return s
}

func newBlock(w language, p licensing.Party) block {
	b := block{Name: oneLine(p.Name), Lines: textLines(p.Address)}
	for _, line := range []string{oneLine(p.PostalCode + " " + p.City), w.country(oneLine(p.Country))} {
		if line != "" {
			b.Lines = append(b.Lines, line)
		}
	}
	if !blank(p.VATID) {
		b.Lines = append(b.Lines, w.VATID+" "+oneLine(p.VATID))
	}
	if !blank(p.Email) {
		b.Lines = append(b.Lines, oneLine(p.Email))
	}
	return b
}

func facts(w language, d Document) []fact {
	number := w.InvoiceNo
	if d.Kind == licensing.KindCreditNote {
		number = w.ReversalNo
	}
	list := []fact{{Label: number, Value: oneLine(d.Number)}}
	dated := func(label string, date licensing.Date) {
		if !date.IsZero() {
			list = append(list, fact{Label: label, Value: w.date(date), Date: date.String()})
		}
	}
	dated(w.IssuedOn, d.IssuedOn)
	if d.PaidOn.IsZero() {
		dated(w.DueOn, d.DueOn)
	}
	dated(w.PaidOn, d.PaidOn)
	if !blank(d.Cancels) {
		list = append(list, fact{Label: w.Cancels, Value: oneLine(d.Cancels)})
	}
	for _, reference := range d.References {
		if blank(reference) {
			continue
		}
		list = append(list, fact{Label: w.Reference, Value: oneLine(reference)})
	}
	return list
}

func newRow(w language, no int, l Line, currency string) row {
	r := row{
		No: strconv.Itoa(no), Description: strings.Join(textLines(l.Description), "\n"),
		Quantity: w.count(l.Quantity), Price: w.amount(l.UnitPrice, currency), Amount: w.amount(l.Amount, currency),
	}
	switch l.Per {
	case licensing.PerYear:
		r.Per = w.PerYear
	case licensing.PerMonth:
		r.Per = w.PerMonth
	case licensing.Once, licensing.Free:
	}
	if period := period(w, l); period != "" {
		r.Details = append(r.Details, period)
	}
	if !blank(l.Reference) {
		r.Details = append(r.Details, w.Reference+": "+oneLine(l.Reference))
	}
	return r
}

func period(w language, l Line) string {
	switch {
	case l.From.IsZero():
		return ""
	case l.To.IsZero():
		return fmt.Sprintf(w.WithoutEnd, w.date(l.From))
	}
	return w.date(l.From) + " – " + w.date(l.To.AddDays(-1))
}

func closing(w language, d Document) string {
	switch {
	case !d.PaidOn.IsZero():
		return fmt.Sprintf(w.Paid, w.date(d.PaidOn))
	case d.Kind == licensing.KindInvoice && !d.DueOn.IsZero() && d.Total > 0:
		return fmt.Sprintf(w.Pay, w.money(d.Total, d.Currency), w.date(d.DueOn), oneLine(d.Number))
	}
	return ""
}

// oneLine makes one line of a text: what broke it becomes a space.
func oneLine(s string) string { return strings.Join(textLines(s), " ") }

// textLines are the lines of a text, trimmed, without empty ones at either end.
func textLines(s string) []string {
	s = strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
	if s == "" {
		return nil
	}
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return lines
}
