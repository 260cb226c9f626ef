package invoice

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
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

	allUnbilled bool
	bulk        command.BulkFlags

	terms  api.InvoiceSendBody // what every request has in common
	failed []failure
	told   int // of them
}

func newCmdSend(f *command.Factory) *cobra.Command {
	o := &sendOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "send",
		Short: "Send invoices for licenses to their companies",
		Long: fmt.Sprintf(`Invoice what has not been invoiced yet of the licenses: one invoice to each company, numbered without
gaps, sent by e-mail. The amounts are shown first; on a terminal you are asked, elsewhere --yes is
needed. Companies are billed at list price, and the tax is added to it.

A request invoices at most %d licenses. More are sent in several requests, company by company; what
that splits into several invoices is said. Where some of them are refused, the others are sent, and the
exit code is 7. With --all-unbilled nothing is sent twice, however often it is run: it is made for a
monthly job.

With --from, the licenses of a file are invoiced, and --resume goes on with such a run that broke off. Its
requests are what is told of: each has the licenses that go together.

%s`, api.MaxInvoiceLicenses, command.BulkHelp(sendColumns())),
		Example: "  $ resell invoice send --license 7GK2M9QX --license 0QH4T2WV --dry-run\n" +
			"  $ resell invoice send --all-unbilled --dry-run\n" +
			"  $ resell invoice send --company example.edu --tax-rate 21 --due 14d\n" +
			"  $ resell license list --billing unbilled -o name | resell invoice send --license - --yes --wait\n" +
			"  $ resell invoice send --from licenses.csv --due 14d --dry-run",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.readTerms(cmd); err != nil {
				return err
			}
			if err := o.bulk.Check(cmd, sendColumns(), nil); err != nil {
				return err
			}
			if err := o.checkResume(cmd); err != nil {
				return err
			}
			if o.bulk.Many() {
				return sendBulk(o.terms).Run(cmd.Context(), f, cmd, &o.bulk, o.ConfirmFlags)
			}
			o.Piped = slices.Contains(o.licenses, "-")
			if err := o.NeedYes(o.ConfirmFlags, "this sends invoices"); err != nil {
				return err
			}
			return sendRun(cmd.Context(), o)
		},
	}
	cmd.Flags().StringSliceVarP(&o.licenses, "license", "l", nil, "id or `coupon` of a license; may be repeated; - reads them from standard input")
	cmd.Flags().StringVarP(&o.company, "company", "c", "", "everything of this company that is not invoiced: id, domain, or exact `name`")
	cmd.Flags().BoolVar(&o.allUnbilled, "all-unbilled", false, "everything of all companies that is not invoiced; stock is left out")
	cmd.Flags().StringVar(&o.taxRate, "tax-rate", "", "tax in `percent`, such as 21 or 5.5; your own rate where it is left out")
	cmd.Flags().StringVar(&o.due, "due", "", "when to pay: `days` such as 14d, or a date; 30d where it is left out")
	cmd.Flags().StringVar(&o.note, "note", "", "`text` below the total: bank details, say")
	bindWait(cmd, &o.wait)
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.Bind(cmd)
	o.bulk.Bind(cmd)
	cmd.MarkFlagsOneRequired("license", "company", "all-unbilled", "from", "resume")
	cmd.MarkFlagsMutuallyExclusive("license", "company", "all-unbilled", "from")
	cmd.MarkFlagsMutuallyExclusive("wait", "from")
	cmd.MarkFlagsMutuallyExclusive("idempotency-key", "all-unbilled") // which is another change each time
	f.Results(cmd, api.Invoice{})
	f.ResultsOtherwise(cmd, o.bulk.Otherwise)
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
	all, err := o.chosen(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		o.Note("Everything is invoiced.")
		return o.finish([]api.Invoice{}, 0)
	}
	requests, drafts, err := o.preview(ctx, o.split(all))
	if err != nil {
		return err
	}
	if o.DryRun {
		return o.finish(drafts, len(all))
	}
	if len(requests) > 0 {
		o.tell()
		if err := o.confirm(drafts); err != nil {
			return err
		}
	}
	sent, err := o.send(ctx, requests)
	if err != nil {
		return o.stopped(sent, err)
	}
	if o.wait {
		for i := range sent {
			if sent[i], err = awaitMail(ctx, o.Factory, sent[i]); err != nil {
				return err
			}
		}
	}
	return o.finish(sent, len(all))
}

// split makes requests of the API's size, and tells what that comes to.
func (o *sendOptions) split(all []selected) []request {
	shares := byCompany(all)
	requests := pack(shares)
	for _, s := range shares {
		if len(s.licenses) > api.MaxInvoiceLicenses {
			o.Note("%s has %d licenses: more than the %d of one request, so it gets several invoices", cmp.Or(s.company.Name, s.company.ID), len(s.licenses), api.MaxInvoiceLicenses)
		}
	}
	if len(requests) > 1 {
		o.Note("%d licenses of %d companies go in %d requests", len(all), len(shares), len(requests))
	}
	return requests
}

// preview gives the requests that can be sent, and the invoices that would come of them.
func (o *sendOptions) preview(ctx context.Context, requests []request) ([]request, []api.Invoice, error) {
	var good []request
	var drafts []api.Invoice
	err := o.each(requests, "looked at", func(r request) error {
		body := o.terms
		body.Licenses = r.licenses()
		batch, err := command.Call(ctx, o.Factory, api.InvoicePreview, api.InvoicePreviewInput{Body: body})
		if o.Yes && !o.DryRun && isBilled(err) {
			err = nil // by a run that was cut off, perhaps: the request itself finds out
		}
		if err != nil {
			return err
		}
		for _, draft := range batch.Invoices {
			r.amount += draft.Amount
		}
		good, drafts = append(good, r), append(drafts, batch.Invoices...)
		return nil
	})
	return good, drafts, err
}

func (o *sendOptions) send(ctx context.Context, requests []request) ([]api.Invoice, error) {
	var sent []api.Invoice
	err := o.each(requests, "sent", func(r request) error {
		flags := o.WriteFlags
		if flags.IdempotencyKey != "" {
			flags.IdempotencyKey += r.key
		}
		body := o.terms
		body.Licenses = r.licenses()
		if !o.Yes { // what was agreed to; with --yes a repeated run has to send the very same
			body.ExpectedAmount = &r.amount
		}
		batch, err := command.Write(ctx, o.Factory, flags, api.InvoiceSend, api.InvoiceSendInput{Body: body})
		sent = append(sent, batch.Invoices...)
		return err
	})
	return sent, err
}

func (o *sendOptions) confirm(drafts []api.Invoice) error {
	totals, taxed := make(map[string]int64), make(map[string]int64)
	for _, d := range drafts {
		totals[d.Currency] += d.Amount
		taxed[d.Currency] += d.Tax
		o.Note("%s: %s%s, to %s", d.Company.Name, o.Money(d.Amount, d.Currency), o.taxes(d.Net, d.Tax, d.Currency), d.Email)
	}
	var texts []string
	for currency, amount := range totals {
		texts = append(texts, o.Money(amount, currency)+o.taxes(amount-taxed[currency], taxed[currency], currency))
	}
	slices.Sort(texts)
	return o.Confirm(o.ConfirmFlags, fmt.Sprintf("Send %s, %s in all, with %s?", counted(len(drafts), "invoice"), strings.Join(texts, " and "), o.Where()))
}

// taxes tells what an amount is made of, or that there is no tax in it.
func (o *sendOptions) taxes(net, tax int64, currency string) string {
	if tax == 0 {
		return " without tax"
	}
	return fmt.Sprintf(" (net %s, tax %s)", o.Money(net, currency), o.Money(tax, currency))
}

// stopped tells what was sent, and what was refused, before a request failed.
func (o *sendOptions) stopped(sent []api.Invoice, err error) error {
	o.tell()
	for _, i := range sent {
		o.Note("%s was sent to %s before this failed", i.Number, i.Company.Name)
	}
	return err
}
