package invoice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type sendOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	licenses []string
	company  string
	taxRate  string
	due      string
	note     string
	wait     bool

	terms api.InvoiceSendBody // what every request has in common
}

func newCmdSend(f *command.Factory, runF func(context.Context, *sendOptions) error) *cobra.Command {
	o := &sendOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "send",
		Short: "Send invoices for licenses to their companies",
		Long: fmt.Sprintf(`Invoice what has not been invoiced yet of the licenses: one invoice to each company, numbered without
gaps, sent by e-mail. The amounts are shown first; on a terminal you are asked, elsewhere --yes is
needed. Companies are billed at list price, and the tax is added to it.

A request invoices at most %d licenses. More are sent in several requests, company by company; what
that splits into several invoices is said.`, api.MaxInvoiceLicenses),
		Example: "  $ resell invoice send --license 7GK2M9QX --license 0QH4T2WV --dry-run\n" +
			"  $ resell invoice send --company example.edu --tax-rate 21 --due 14d\n" +
			"  $ resell license list --billing unbilled -o name | resell invoice send --license - --yes --wait",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.readTerms(cmd); err != nil {
				return err
			}
			if err := o.NeedYes(o.ConfirmFlags, "this sends invoices"); err != nil {
				return err
			}
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return sendRun(cmd.Context(), o)
		},
	}
	cmd.Flags().StringSliceVarP(&o.licenses, "license", "l", nil, "id or `coupon` of a license; may be repeated; - reads them from standard input")
	cmd.Flags().StringVarP(&o.company, "company", "c", "", "everything of this `company` that is not invoiced: id, domain, or exact name")
	cmd.Flags().StringVar(&o.taxRate, "tax-rate", "", "tax in `percent`, such as 21 or 5.5; your own rate where it is left out")
	cmd.Flags().StringVar(&o.due, "due", "", "when to pay: `days` such as 14d, or a date; 30d where it is left out")
	cmd.Flags().StringVar(&o.note, "note", "", "`text` below the total: bank details, say")
	bindWait(cmd, &o.wait)
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.Bind(cmd)
	cmd.MarkFlagsOneRequired("license", "company")
	cmd.MarkFlagsMutuallyExclusive("license", "company")
	f.Results(cmd, api.Invoice{})
	return cmd
}

// readTerms reads the flags that say how to invoice.
func (o *sendOptions) readTerms(cmd *cobra.Command) error {
	if cmd.Flags().Changed("company") && strings.TrimSpace(o.company) == "" {
		return command.Usage("--company is empty")
	}
	o.terms = api.InvoiceSendBody{Due: o.due, Note: o.note}
	if !cmd.Flags().Changed("tax-rate") {
		return nil
	}
	rate, err := hundredths(o.taxRate)
	if err != nil {
		return err
	}
	o.terms.TaxRate = &rate
	return nil
}

// hundredths reads a percentage with up to two decimals.
func hundredths(text string) (int64, error) {
	whole, fraction, dot := strings.Cut(strings.TrimSuffix(text, "%"), ".")
	n, err := strconv.ParseUint(whole+(fraction + "00")[:2], 10, 32)
	if err != nil || whole == "" || len(fraction) > 2 || (dot && fraction == "") || n > 10_000 {
		return 0, command.Usage("--tax-rate takes a percentage from 0 to 100 with up to two decimals, such as 21 or 5.5")
	}
	return int64(n), nil
}

func sendRun(ctx context.Context, o *sendOptions) error {
	var err error
	if o.licenses, err = o.chosen(ctx); err != nil {
		return err
	}
	requests, err := o.split(ctx)
	if err != nil {
		return err
	}
	drafts, amounts, err := o.preview(ctx, requests)
	if err != nil {
		return err
	}
	if o.DryRun {
		return o.print(drafts)
	}
	if err := o.confirm(drafts); err != nil {
		return err
	}
	var sent []api.Invoice
	for i, licenses := range requests {
		flags := o.WriteFlags
		if flags.IdempotencyKey != "" && len(requests) > 1 {
			flags.IdempotencyKey = fmt.Sprintf("%s/%d", flags.IdempotencyKey, i+1)
		}
		body := o.terms
		body.Licenses = licenses
		if !o.Yes { // what was agreed to; with --yes a repeated run has to send the very same
			body.ExpectedAmount = &amounts[i]
		}
		batch, err := command.Write(ctx, o.Factory, flags, api.InvoiceSend, api.InvoiceSendInput{Body: body})
		if err != nil {
			return o.stopped(sent, err)
		}
		sent = append(sent, batch.Invoices...)
	}
	if o.wait {
		for i := range sent {
			if sent[i], err = awaitMail(ctx, o.Factory, sent[i]); err != nil {
				return err
			}
		}
	}
	return o.print(sent)
}

// split groups the licenses by company into requests of the API's size.
func (o *sendOptions) split(ctx context.Context) ([][]string, error) {
	if len(o.licenses) <= api.MaxInvoiceLicenses {
		return [][]string{o.licenses}, nil
	}
	byCompany := make(map[string][]string)
	var companies []string
	for _, ref := range o.licenses {
		license, err := command.Call(ctx, o.Factory, api.LicenseView, api.LicenseViewInput{License: ref})
		if err != nil {
			return nil, fmt.Errorf("license %s: %w", ref, err)
		}
		company := ""
		if license.Company != nil {
			company = license.Company.ID
		}
		if _, seen := byCompany[company]; !seen {
			companies = append(companies, company)
		}
		byCompany[company] = append(byCompany[company], license.ID)
	}
	var requests [][]string
	for _, company := range companies {
		licenses := byCompany[company]
		if len(licenses) > api.MaxInvoiceLicenses {
			o.Note("%s has %d licenses: more than the %d of one request, so it gets several invoices", company, len(licenses), api.MaxInvoiceLicenses)
		}
		for part := range slices.Chunk(licenses, api.MaxInvoiceLicenses) {
			if last := len(requests) - 1; last >= 0 && len(requests[last])+len(part) <= api.MaxInvoiceLicenses {
				requests[last] = append(requests[last], part...)
				continue
			}
			requests = append(requests, slices.Clone(part))
		}
	}
	o.Note("%d licenses of %d companies go in %d requests", len(o.licenses), len(companies), len(requests))
	return requests, nil
}

// preview gives the invoices that would be sent, and what each request adds up to.
func (o *sendOptions) preview(ctx context.Context, requests [][]string) ([]api.Invoice, []int64, error) {
	var drafts []api.Invoice
	amounts := make([]int64, len(requests))
	for i, licenses := range requests {
		body := o.terms
		body.Licenses = licenses
		batch, err := command.Call(ctx, o.Factory, api.InvoicePreview, api.InvoicePreviewInput{Body: body})
		if o.Yes && !o.DryRun && isBilled(err) {
			continue // by a run that was cut off, perhaps: the request itself finds out
		}
		if err != nil {
			return nil, nil, err
		}
		for _, draft := range batch.Invoices {
			amounts[i] += draft.Amount
		}
		drafts = append(drafts, batch.Invoices...)
	}
	return drafts, amounts, nil
}

func isBilled(err error) bool {
	var problem *api.Problem
	return errors.As(err, &problem) && problem.Code == "nothing_to_invoice"
}

func (o *sendOptions) confirm(drafts []api.Invoice) error {
	totals, taxed := make(map[string]int64), make(map[string]int64)
	for _, d := range drafts {
		totals[d.Currency] += d.Amount
		taxed[d.Currency] += d.Tax
		o.Note("%s: %s to %s%s", d.Company.Name, output.FormatMoney(d.Amount, d.Currency), d.Email, taxes(d.Net, d.Tax, d.Currency))
	}
	var texts []string
	for currency, amount := range totals {
		texts = append(texts, output.FormatMoney(amount, currency)+taxes(amount-taxed[currency], taxed[currency], currency))
	}
	slices.Sort(texts)
	return o.Confirm(o.ConfirmFlags, fmt.Sprintf("Send %s, %s in all, with %s?", counted(len(drafts), "invoice"), strings.Join(texts, " and "), o.Where()))
}

// taxes tells what an amount is made of, where there is tax in it.
func taxes(net, tax int64, currency string) string {
	if tax == 0 {
		return ""
	}
	return fmt.Sprintf(" (net %s, tax %s)", output.FormatMoney(net, currency), output.FormatMoney(tax, currency))
}

// stopped tells what was sent before a request failed.
func (o *sendOptions) stopped(sent []api.Invoice, err error) error {
	for _, i := range sent {
		o.Note("%s was sent to %s before this failed", i.Number, i.Company.Name)
	}
	return err
}

func (o *sendOptions) print(invoices []api.Invoice) error {
	return o.ShowAll(invoices, sentColumns)
}
