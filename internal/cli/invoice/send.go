package invoice

import (
	"context"
	"errors"
	"fmt"
	"slices"
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
	wait     bool
}

func newCmdSend(f *command.Factory, runF func(context.Context, *sendOptions) error) *cobra.Command {
	o := &sendOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "send",
		Short: "Send invoices for licenses to their companies",
		Long: fmt.Sprintf(`Invoice what has not been invoiced yet of the licenses: one invoice to each company, numbered without
gaps, sent by e-mail. The amounts are shown first; on a terminal you are asked, elsewhere --yes is
needed. Companies are billed at list price.

A request invoices at most %d licenses. More are sent in several requests, company by company; what
that splits into several invoices is said.`, api.MaxInvoiceLicenses),
		Example: "  $ resell invoice send --license 7GK2M9QX --license 0QH4T2WV --dry-run\n" +
			"  $ resell license list --billing unbilled -o name | xargs printf -- '--license %s ' | xargs resell invoice send --yes --wait",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.NeedYes(o.ConfirmFlags, "this sends invoices"); err != nil {
				return err
			}
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return sendRun(cmd.Context(), o)
		},
	}
	cmd.Flags().StringSliceVarP(&o.licenses, "license", "l", nil, "id or `coupon` of a license; may be repeated")
	bindWait(cmd, &o.wait)
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.Bind(cmd)
	_ = cmd.MarkFlagRequired("license") // the flag exists
	f.Results(cmd, api.Invoice{})
	return cmd
}

func sendRun(ctx context.Context, o *sendOptions) error {
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
		body := api.InvoiceSendBody{Licenses: licenses}
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
		batch, err := command.Call(ctx, o.Factory, api.InvoicePreview, api.InvoicePreviewInput{Body: api.InvoiceSendBody{Licenses: licenses}})
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
	totals := make(map[string]int64)
	for _, d := range drafts {
		totals[d.Currency] += d.Amount
		o.Note("%s: %s to %s", d.Company.Name, output.FormatMoney(d.Amount, d.Currency), d.Email)
	}
	var texts []string
	for currency, amount := range totals {
		texts = append(texts, output.FormatMoney(amount, currency))
	}
	slices.Sort(texts)
	return o.Confirm(o.ConfirmFlags, fmt.Sprintf("Send %s, %s in all, with %s?", counted(len(drafts), "invoice"), strings.Join(texts, " and "), o.Where()))
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
