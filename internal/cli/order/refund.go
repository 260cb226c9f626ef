package order

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type refundOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	api.OrderRefundBody
	order string
}

func newCmdRefund(f *command.Factory) *cobra.Command {
	o := &refundOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "refund <order>",
		Short: "Refund an order",
		Long: `Refund an order, named by its id or number, within the product's refund window.

What it cost comes back by the way that it was paid: to the balance, as credits, to the card, or by a
credit note to the vendor's invoice. The licenses of a purchase stop for good, also those that are in
use, and all parts that were split off them; a license that the order extended, upgraded or renewed is
again as it was before. The newest order of a license is refunded first. Invoices to companies stay:
make them void with resell invoice void.`,
		Example: "  $ resell order refund ORD-2026-000001 --dry-run\n" +
			"  $ resell order refund ORD-2026-000001 --reason \"ordered twice\" --yes",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.order = args[0]
			if err := o.NeedYes(o.ConfirmFlags, "this takes back what the order did"); err != nil {
				return err
			}
			return refundRun(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.Reason, "reason", "", "`text` for the audit log")
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.Bind(cmd)
	f.Results(cmd, api.Order{}, api.RefundPreview{})
	return cmd
}

func refundRun(ctx context.Context, o *refundOptions) error {
	if o.DryRun || !o.Yes {
		preview, err := command.Call(ctx, o.Factory, api.OrderRefundPreview, api.OrderRefundPreviewInput{Order: o.order})
		if err != nil {
			return err
		}
		if o.DryRun {
			return o.Show(preview, refundColumns)
		}
		noteRefund(o.Factory, preview)
		if err := o.Confirm(o.ConfirmFlags, fmt.Sprintf("Refund order %s with %s?", preview.Number, o.Where())); err != nil {
			return err
		}
	}
	order, err := command.Write(ctx, o.Factory, o.WriteFlags, api.OrderRefund, api.OrderRefundInput{Order: o.order, Body: o.OrderRefundBody})
	if err != nil {
		return err
	}
	return o.ShowDone(order, "Refunded order "+order.Number+".", command.OrderDetails, command.OrderDetails)
}

// noteRefund tells the person at the terminal what stops, and what comes back how.
func noteRefund(f *command.Factory, p api.RefundPreview) {
	for _, l := range p.Licenses {
		f.Note("%s: %s", l.Coupon, fate(f, l))
	}
	f.Note("%s", returned(f, p))
	for _, i := range p.Invoices {
		f.Note("invoice %s to %s stays: make it void with resell invoice void %s", i.Number, i.Company.Name, i.Number)
	}
}

// fate is what a refund does to a license, in words.
func fate(f *command.Factory, l api.RefundLicense) string {
	if l.Stops {
		whose := ""
		if l.Company != nil {
			whose = " to " + l.Company.Name
		}
		return fmt.Sprintf("%d, %s%s, stop for good", l.Quantity, l.State, whose)
	}
	text := "as before"
	if l.ProductAfter != l.Product {
		text += fmt.Sprintf(", %s instead of %s", l.ProductAfter, l.Product)
	}
	if l.QuantityAfter != l.Quantity {
		text += fmt.Sprintf(", a quantity of %d instead of %d", l.QuantityAfter, l.Quantity)
	}
	if before, after := endOf(f, l.EndsOn), endOf(f, l.EndsOnAfter); before != after {
		text += ", ends on " + after + " instead of " + before
	}
	return text
}

func endOf(f *command.Factory, day *string) string {
	if day == nil {
		return "no day"
	}
	return f.Date(*day)
}

// returned is what comes back, and how, in words.
func returned(f *command.Factory, p api.RefundPreview) string {
	money := f.Money(p.Amount, p.Currency)
	switch p.Payment {
	case "balance":
		return money + " come back to the balance"
	case "card":
		return money + " go back to the card, which may take some days"
	case "invoice":
		return "the vendor's invoice of " + money + " is taken back by a credit note"
	case "credits":
		return fmt.Sprintf("%d credits of %s come back", p.Credits, p.Product)
	}
	return "it was free: nothing comes back"
}

func refundColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "number", Header: "Order"},
		{Field: "kind"},
		{Field: "product"},
		{Field: "payment"},
		{Field: "amount", Header: "Comes back", Format: command.OrderAmount(p)},
		{Field: "currency", Data: true},
		{Field: "credits", Data: true},
		{Field: "refundable_until", Format: p.Day()},
		{Field: "licenses", Format: fates},
		{Field: "invoices", Header: "Invoices that stay", Format: invoices},
	}
}

// fates tells of each license of a refund.
func fates(v any, _ map[string]any) string {
	return joined(v, func(l map[string]any) string {
		if l["stops"] == true {
			return fmt.Sprintf("%v (%v, %v) stops", l["coupon"], l["quantity"], l["state"])
		}
		return fmt.Sprintf("%v (%v) ends on %v", l["coupon"], l["quantity_after"], l["ends_on_after"])
	})
}

// invoices names the invoices that a refund leaves alone.
func invoices(v any, _ map[string]any) string {
	return joined(v, func(i map[string]any) string { return fmt.Sprint(i["number"]) })
}

func joined(v any, text func(map[string]any) string) string {
	rows, _ := v.([]any)
	texts := make([]string, 0, len(rows))
	for _, row := range rows {
		if fields, ok := row.(map[string]any); ok {
			texts = append(texts, text(fields))
		}
	}
	return strings.Join(texts, "; ")
}
