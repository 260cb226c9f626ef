// Package invoice makes the documents of an invoice.
package invoice

import (
	"fmt"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
)

// Message is the mail that carries an invoice to its company. The seller's address,
// where there is one, takes the replies; from is the vendor's.
func Message(i licensing.Invoice, seller licensing.Reseller, from string) mail.Message {
	return mail.Message{
		ID: i.ID, From: from, To: i.Email, ToName: string(i.CompanyName), ReplyTo: seller.Email,
		Subject: fmt.Sprintf("Invoice %s from %s", i.Number, seller.Name),
		Text:    text(i, seller), Date: i.CreatedAt.Time,
	}
}

func text(i licensing.Invoice, seller licensing.Reseller) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Invoice %s\nDate    %s\nFrom    %s\nTo      %s\n\n", i.Number, i.IssuedOn, seller.Name, i.CompanyName)
	for n, line := range i.Lines {
		fmt.Fprintf(&b, "%d. %s\n   %d x %s = %s\n", n+1, line.Description, line.Quantity,
			licensing.FormatAmount(line.UnitPrice, i.Currency), licensing.FormatAmount(line.Amount, i.Currency))
		if line.InvoiceReference != "" {
			fmt.Fprintf(&b, "   Your reference: %s\n", line.InvoiceReference)
		}
	}
	fmt.Fprintf(&b, "\nTotal   %s\n", licensing.FormatAmount(i.Amount, i.Currency))
	return b.String()
}
