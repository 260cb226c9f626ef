package invoice

import (
	"fmt"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
)

// Mailing is how an invoice is mailed.
type Mailing struct {
	From string // the vendor's address
	// Nonce tells a deliberate resend from the first mail, which has none.
	Nonce string
	// Resent is when the mail was asked for again; the first has the invoice's own time.
	Resent time.Time
}

// Message is the mail that carries an invoice to its buyer, with the PDF, in the
// invoice's language. The address of a reseller that sells takes the replies. It fails
// as [PDF] does.
func Message(i licensing.Invoice, m Mailing) (mail.Message, error) {
	d := NewDocument(i)
	attached, err := Attachment(d)
	if err != nil {
		return mail.Message{}, err
	}
	out := mail.Message{
		ID: i.ID, From: m.From, To: i.Email, ToName: oneLine(i.Buyer.Name), Subject: subject(newSheet(d)),
		Text: text(newSheet(d)), Date: i.CreatedAt.Time, Attachments: []mail.Attachment{attached},
	}
	if m.Nonce != "" {
		out.ID, out.Date = i.ID+"-"+m.Nonce, m.Resent
	}
	if i.SellerID != licensing.VendorSeller {
		out.ReplyTo = i.Seller.Email
	}
	return out, nil
}

func subject(s sheet) string { return plain(fmt.Sprintf(s.Words.Subject, s.Heading, s.Seller.Name)) }

// text is the sheet for those who do not open attachments.
func text(s sheet) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s\n", subject(s))
	for _, f := range s.Facts {
		line("%s: %s", f.Label, f.Value)
	}
	line("%s: %s", s.Words.BillTo, s.Buyer.Name)
	for _, r := range s.Rows {
		line("\n%s. %s", r.No, strings.ReplaceAll(r.Description, "\n", "\n   "))
		for _, detail := range r.Details {
			line("   %s", detail)
		}
		line("   %s = %s %s", cost(s, r), r.Amount, s.Currency)
	}
	line("")
	for _, sum := range append(s.Sums, s.Total) {
		line("%s: %s", sum.Label, sum.Value)
	}
	for _, closing := range []string{s.Closing, strings.Join(s.Note, "\n"), fmt.Sprintf(s.Words.Attached, s.Heading)} {
		if closing != "" {
			line("\n%s", closing)
		}
	}
	return plain(b.String())
}

func cost(s sheet, r row) string {
	text := fmt.Sprintf("%s × %s %s", r.Quantity, r.Price, s.Currency)
	return strings.TrimSpace(text + " " + r.Per)
}

// plain has ordinary spaces, which a mail is searched for with.
func plain(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }
