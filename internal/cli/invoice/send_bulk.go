package invoice

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func sendColumns() []command.BulkColumn {
	return []command.BulkColumn{{Name: "license", Doc: "id or coupon; several with spaces between them", Example: "7GK2M9QX", Needed: true, Subject: true}}
}

// checkResume refuses flags that change what was agreed to.
func (o *sendOptions) checkResume(cmd *cobra.Command) error {
	if o.bulk.Resume == "" || o.bulk.From != "" {
		return nil
	}
	for _, name := range []string{"tax-rate", "due", "note", "company", "all-unbilled", "wait"} {
		if cmd.Flags().Changed(name) {
			return command.Usage("--%s does not go with --resume, which sends what was agreed to", name)
		}
	}
	return nil
}

// sendBulk invoices the licenses of a file: each is looked at, then those of a company go
// together in requests of the API's size. No request has those of two companies: where one
// is refused, that says nothing of the other.
func sendBulk(terms api.InvoiceSendBody) command.Bulk[api.InvoiceSendInput, api.InvoiceBatch] {
	return command.Bulk[api.InvoiceSendInput, api.InvoiceBatch]{
		Op:      api.InvoiceSend,
		Columns: sendColumns(),
		Input: func(row *command.BulkRow) api.InvoiceSendInput {
			in := api.InvoiceSendInput{Body: terms}
			in.Body.Licenses = row.List("license")
			return in
		},
		Preview: invoiceable,
		Merge: func(items []command.BulkItem[api.InvoiceSendInput], looked []command.BulkPreview) []command.BulkItem[api.InvoiceSendInput] {
			return merge(terms, items, looked)
		},
		Price: func(ctx context.Context, f *command.Factory, in api.InvoiceSendInput) (command.BulkPreview, error) {
			batch, err := command.Call(ctx, f, api.InvoicePreview, api.InvoicePreviewInput{Body: in.Body})
			looked := command.BulkPreview{Message: told(batch)}
			for _, invoice := range batch.Invoices {
				looked.Costs = append(looked.Costs, api.Preview{Amount: invoice.Amount, Currency: invoice.Currency})
			}
			return looked, err
		},
		Agree: func(in *api.InvoiceSendInput, p command.BulkPreview) {
			var amount int64 // the API, too, adds up whatever the currency
			for _, cost := range p.Costs {
				amount += cost.Amount
			}
			in.Body.ExpectedAmount = &amount
		},
		Outcome: func(batch api.InvoiceBatch) command.BulkOutcome {
			o := command.BulkOutcome{Message: told(batch)}
			ids := make([]string, len(batch.Invoices))
			for i, invoice := range batch.Invoices {
				ids[i] = invoice.ID
				if o.Currency == "" || o.Currency == invoice.Currency {
					o.Amount, o.Currency = o.Amount+invoice.Amount, invoice.Currency
				}
			}
			o.ID = strings.Join(ids, " ")
			return o
		},
		Deed: func(n int) string { return "Send the invoices of " + counted(n, "request") },
	}
}

// invoiceable looks at the licenses of a row.
func invoiceable(ctx context.Context, f *command.Factory, in api.InvoiceSendInput) (command.BulkPreview, error) {
	var looked command.BulkPreview
	ids := make([]string, len(in.Body.Licenses))
	for i, ref := range in.Body.Licenses {
		license, err := command.Call(ctx, f, api.LicenseView, api.LicenseViewInput{License: ref})
		if err != nil {
			return looked, err
		}
		if !slices.Contains(license.AllowedActions, "invoice") {
			return looked, &command.RefusedError{Code: "nothing_to_invoice", Message: fmt.Sprintf("%s is %s, and %s", license.ID, license.State, license.Billing)}
		}
		ids[i] = license.ID
		looked.Licenses = append(looked.Licenses, license)
	}
	looked.ID = strings.Join(ids, " ")
	return looked, nil
}

// merge makes a request, and so an invoice, of what goes together. It is of the line where
// the first of its licenses is.
func merge(terms api.InvoiceSendBody, items []command.BulkItem[api.InvoiceSendInput], looked []command.BulkPreview) []command.BulkItem[api.InvoiceSendInput] {
	type bill struct{ company, currency string }
	var bills []bill
	licenses := make(map[bill][]string)
	lines := make(map[string]int)
	for i, item := range items {
		for _, license := range looked[i].Licenses {
			if _, twice := lines[license.ID]; twice {
				continue
			}
			lines[license.ID] = item.Line
			b := bill{selectedOf(license).company.ID, license.Currency}
			if licenses[b] == nil {
				bills = append(bills, b)
			}
			licenses[b] = append(licenses[b], license.ID)
		}
	}
	var merged []command.BulkItem[api.InvoiceSendInput]
	for _, b := range bills {
		for part := range slices.Chunk(licenses[b], api.MaxInvoiceLicenses) {
			in := api.InvoiceSendInput{Body: terms}
			in.Body.Licenses = part
			merged = append(merged, command.BulkItem[api.InvoiceSendInput]{Line: lines[part[0]], Cells: []string{strings.Join(part, " ")}, Input: in})
		}
	}
	return merged
}

// told names the invoices of a request.
func told(batch api.InvoiceBatch) string {
	texts := make([]string, len(batch.Invoices))
	for i, invoice := range batch.Invoices {
		texts[i] = strings.TrimSpace(invoice.Number + " to " + invoice.Buyer.Name)
	}
	return strings.Join(texts, "; ")
}
