// Package open has the command that opens the page of a license or an order.
package open

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type options struct {
	*command.Factory
	command.WriteFlags
	ref   string
	print bool
}

// page is what a browser shows.
type page struct {
	Kind      string  `json:"kind"` // activation or payment
	ID        string  `json:"id"`   // of the license or the order
	URL       string  `json:"url"`
	ExpiresAt *string `json:"expires_at"`
}

// NewCmd makes the command.
func NewCmd(f *command.Factory) *cobra.Command {
	o := &options{Factory: f}
	cmd := &cobra.Command{
		Use:   "open <license|order|invoice>",
		Short: "Open an activation or payment page in the browser",
		Long: `Open the page that belongs to a license or an order, named by its id, coupon or number, in the browser.

Of a license it is the page on which the customer activates it: each time that makes a new activation
link, as resell license link does, which can be used once, within 30 days. Of an order that is to be paid
by card it is its payment page. Other orders, and invoices, have no page.

With --print, in a pipe, and where there is no browser, the address is printed instead.`,
		Example: "  $ resell open 7GK2M9QX\n" +
			"  $ resell open ORD-2026-000001 --print",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.ref = args[0]
			return run(cmd.Context(), o)
		},
	}
	cmd.Flags().BoolVar(&o.print, "print", false, "print the address instead of opening it")
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, page{})
	return cmd
}

func run(ctx context.Context, o *options) error {
	found, err := o.find(ctx)
	if err != nil {
		return err
	}
	if err := checkURL(found.URL); err != nil {
		return err
	}
	p, err := o.Printer()
	if err != nil {
		return err
	}
	if o.Chosen() || len(o.Columns) > 0 {
		return p.Item(found, columns(p))
	}
	if !o.print && o.StdoutTerminal && o.Browse != nil {
		o.Note("Opening %s", found.URL)
		err := o.Browse(found.URL)
		if err == nil {
			return nil
		}
		o.Note("The browser could not be opened: %s", err)
	}
	return p.Text("%s", found.URL)
}

// find asks for the page of what was named: ids and numbers tell what that is.
func (o *options) find(ctx context.Context) (page, error) {
	switch kind := strings.ToLower(o.ref[:min(len(o.ref), 4)]); kind {
	case "ord_", "ord-":
		return o.payment(ctx)
	case "inv_", "inv-":
		return page{}, o.noPage(ctx)
	}
	return o.activation(ctx)
}

func (o *options) payment(ctx context.Context) (page, error) {
	order, err := command.Write(ctx, o.Factory, o.WriteFlags, api.OrderPay, api.OrderActionInput{Order: o.ref})
	return page{Kind: "payment", ID: order.ID, URL: order.PaymentURL, ExpiresAt: order.ExpiresAt}, err
}

func (o *options) activation(ctx context.Context) (page, error) {
	link, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseLink, api.LicenseLinkInput{License: o.ref})
	if err != nil {
		return page{}, err
	}
	if day, _, ok := strings.Cut(link.ExpiresAt, "T"); ok {
		o.Note("This is a new activation link: it can be used once, until %s.", day)
	}
	return page{Kind: "activation", ID: link.LicenseID, URL: link.URL, ExpiresAt: &link.ExpiresAt}, nil
}

// noPage refuses an invoice, once it is sure that there is one.
func (o *options) noPage(ctx context.Context) error {
	invoice, err := command.Call(ctx, o.Factory, api.InvoiceView, api.InvoiceViewInput{Invoice: o.ref})
	if err != nil {
		return err
	}
	number := cmp.Or(invoice.Number, o.ref)
	return &command.RefusedError{
		Code: "no_page", Message: fmt.Sprintf("%s is not paid on a page: its buyer pays it as the document says", number),
		Hint: "see the document: resell invoice download " + number,
	}
}

// checkURL refuses what is no address of a web page: it goes to a program of the system.
func checkURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return fmt.Errorf("the server gave no address of a web page")
	}
	return nil
}

func columns(p *output.Printer) []output.Column {
	return []output.Column{{Field: "kind"}, {Field: "id"}, {Field: "url", Whole: true}, {Field: "expires_at", Format: p.Day()}}
}
