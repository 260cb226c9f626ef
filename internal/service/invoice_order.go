package service

import (
	"context"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// seriesVendor begins the numbers of the vendor's invoices, so that a reseller never
// has two invoices of one number: its own, and one that it received.
const seriesVendor = "VINV"

// billOrder sends the vendor's invoice for a processed order to the reseller. What the
// order costs is what is charged: the tax at the vendor's rate is part of it. It is paid
// already, except on account. An order that cost nothing, or credits, gets none.
//
// It belongs at the end of a transaction: the vendor's invoices are numbered without
// gaps, so that everybody who buys waits for the one before.
func (s *Service) billOrder(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order) error {
	switch order.Payment {
	case licensing.PayCredits, licensing.PayNothing:
		return nil
	case licensing.PayBalance, licensing.PayCard, licensing.PayInvoice:
	}
	if order.Amount == 0 {
		return nil
	}
	reseller, err := tx.Reseller(ctx, order.ResellerID)
	if err != nil {
		return fmt.Errorf("bill order %s: %w", order.ID, err)
	}
	today := s.today(c)
	invoice := licensing.Invoice{
		SellerID: licensing.VendorSeller, ResellerID: reseller.ID, OrderID: licensing.Ref(order.ID), Kind: licensing.KindInvoice,
		Currency: order.Currency, TaxRate: c.Vendor.TaxRate, Tax: licensing.IncludedTax(order.Amount, c.Vendor.TaxRate), Amount: order.Amount,
		Email: reseller.Email, Language: reseller.Language, Seller: c.Vendor.Party(), Buyer: reseller.Party(),
		IssuedOn: today, Version: 1, OrderNumber: licensing.Ref(order.Number),
	}
	invoice.Net = invoice.Amount - invoice.Tax
	invoice.Lines = vendorLines(order, invoice)
	if order.Payment == licensing.PayInvoice {
		invoice.State, invoice.DueOn = licensing.InvoiceSent, today.AddDays(licensing.DueDays)
	} else {
		invoice.State, invoice.PaidOn = licensing.InvoicePaid, today
	}
	return s.issue(ctx, tx, c, seriesVendor, &invoice)
}

// vendorLines are the order's lines without the tax that is part of them. Their unit
// prices are rounded; it is the lines' amounts that add up.
func vendorLines(order licensing.Order, invoice licensing.Invoice) []licensing.InvoiceLine {
	var charged []licensing.OrderLine
	var amounts []int64
	for _, line := range order.Lines {
		if line.Amount > 0 {
			charged, amounts = append(charged, line), append(amounts, line.Amount)
		}
	}
	nets := licensing.NetLines(amounts, invoice.Net)
	lines := make([]licensing.InvoiceLine, len(charged))
	for i, line := range charged {
		lines[i] = licensing.InvoiceLine{
			LicenseID: line.LicenseID, OrderLineID: line.ID, Description: line.Subject(), Quantity: line.Quantity,
			UnitPrice: line.UnitPrice - licensing.IncludedTax(line.UnitPrice, invoice.TaxRate), Interval: line.Interval, Amount: nets[i],
			StartsOn: line.StartsOn, EndsOn: line.EndsOn, InvoiceReference: order.InvoiceReference,
		}
	}
	return lines
}

// creditOrder takes the vendor's invoice for a refunded order back. An order that was
// never billed needs nothing.
func (s *Service) creditOrder(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order) error {
	invoice, err := tx.OrderInvoice(ctx, order.ID)
	if store.IsNotFound(err) || (err == nil && invoice.State == licensing.InvoiceVoid) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("credit order %s: %w", order.ID, err)
	}
	_, err = s.cancel(ctx, tx, c, seriesVendor, invoice)
	return err
}
