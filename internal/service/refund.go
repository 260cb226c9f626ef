package service

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Refunding says which order to refund.
type Refunding struct {
	Order  string // id or number
	Reason string // for the audit log
}

// Reversal is what a refund does.
type Reversal struct {
	OrderDetails                     // the order, and its licenses as they are
	Until        licensing.Date      // the last day on which it can be refunded
	After        []licensing.License // the licenses as the refund leaves them, in the same order
	Invoices     []licensing.Invoice // that billed it to companies, and stay
}

// PreviewRefund tells what a refund would do, and changes nothing. It fails as
// RefundOrder does.
func (s *Service) PreviewRefund(ctx context.Context, c Caller, ref string) (Reversal, error) {
	return view(ctx, s, func(tx *store.Tx) (Reversal, error) {
		order, err := refundableBy(ctx, tx, c, ref)
		if err != nil {
			return Reversal{}, err
		}
		details, err := orderDetails(ctx, tx, order)
		if err != nil {
			return Reversal{}, err
		}
		return s.reverse(ctx, tx, c, details[0])
	})
}

// RefundOrder returns what an order cost by the way that it was paid, and takes back
// what it did: the licenses of a purchase stop for good, and one that was extended,
// upgraded or renewed is again as it was before. It fails with not_found, read_only,
// contract_not_permitted, refund_window_over or order_not_refundable.
func (s *Service) RefundOrder(ctx context.Context, c Caller, in Refunding) (OrderDetails, error) {
	return write(ctx, s, c, "order-refund", in, func(tx *store.Tx) (OrderDetails, error) {
		order, err := refundableBy(ctx, tx, c, in.Order)
		if err != nil {
			return OrderDetails{}, err
		}
		details, err := lockOrderDetails(ctx, tx, c, order.ID)
		if err != nil {
			return OrderDetails{}, err
		}
		reversal, err := s.reverse(ctx, tx, c, details)
		if err != nil {
			return OrderDetails{}, err
		}
		return s.refund(ctx, tx, c, reversal, in.Reason)
	})
}

// refundableBy finds an order of the caller's, under a contract that its token is for.
func refundableBy(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.Order, error) {
	order, err := findOrder(ctx, tx, c, ref)
	if err != nil {
		return order, err
	}
	if err := c.owns(order.ResellerID, "order"); err != nil {
		return order, err
	}
	contract, err := tx.Contract(ctx, order.ContractID)
	if err != nil {
		return order, fmt.Errorf("contract of order %s: %w", order.ID, err)
	}
	return order, c.permits(contract)
}

// lockOrderDetails locks an order and all of its licenses. While one of them is waited
// for, a part may be split off it: that is found and locked as well.
func lockOrderDetails(ctx context.Context, tx *store.Tx, c Caller, id string) (OrderDetails, error) {
	locked := map[string]licensing.License{}
	for {
		licenses, err := tx.OrderLicenses(ctx, id)
		if err != nil {
			return OrderDetails{}, err
		}
		before := len(locked)
		for _, l := range licenses[id] { // by id
			if _, done := locked[l.ID]; done {
				continue
			}
			if locked[l.ID], err = lockLicense(ctx, tx, c, l.ID); err != nil {
				return OrderDetails{}, err
			}
		}
		if len(locked) == before {
			break
		}
	}
	order, err := lockOrder(ctx, tx, id)
	if err != nil {
		return OrderDetails{}, err
	}
	details, err := orderDetails(ctx, tx, order)
	if err != nil {
		return OrderDetails{}, err
	}
	for i, l := range details[0].Licenses {
		details[0].Licenses[i] = locked[l.ID]
	}
	return details[0], nil
}

// reverse computes what the refund of an order does. What other orders have left to be
// invoiced of a license leaves it to be billed.
func (s *Service) reverse(ctx context.Context, tx *store.Tx, c Caller, o OrderDetails) (Reversal, error) {
	terms := s.refundTerms(c, o)
	out := Reversal{OrderDetails: o, Until: terms.Until()}
	if err := o.CheckRefund(terms, s.today(c)); err != nil {
		return out, licensing.Instead(err, s.OrderActions(c, o))
	}
	takeBack, err := s.taker(ctx, tx, o.Order)
	if err != nil {
		return out, err
	}
	for _, l := range o.Licenses {
		after, err := takeBack(l)
		if err != nil {
			return out, err
		}
		for _, line := range o.Lines {
			if line.LicenseID == l.ID {
				after.Amount -= line.Amount
			}
		}
		lines, err := tx.BilledLines(ctx, l.ID, o.ID)
		if err != nil {
			return out, err
		}
		after.Billing = licensing.BillingOf(lines)
		out.After = append(out.After, after)
	}
	out.Invoices, err = invoicesOf(ctx, tx, o.Lines)
	return out, err
}

// taker gives what a refund does to each license of an order.
func (s *Service) taker(ctx context.Context, tx *store.Tx, order licensing.Order) (func(licensing.License) (licensing.License, error), error) {
	if order.Kind == licensing.OrderPurchase {
		return func(l licensing.License) (licensing.License, error) {
			l.RefundedAt, l.AutoRenew, l.Serials = s.Now(), false, nil
			return l, nil
		}, nil
	}
	var change licensing.Change
	if err := json.Unmarshal([]byte(order.Undo), &change); err != nil {
		return nil, fmt.Errorf("read what order %s changed: %w", order.ID, err)
	}
	product, err := findProduct(ctx, tx, change.Before.ProductID)
	if err != nil {
		return nil, err
	}
	return func(l licensing.License) (licensing.License, error) {
		l, err := l.Undo(change)
		l.ProductSKU, l.ProductName, l.ProductKind = product.SKU, product.Name, product.Kind
		if order.Kind == licensing.OrderRenewal {
			l.AutoRenew = false // it would be renewed again
		}
		return l, err
	}, nil
}

// invoicesOf gives the invoices to companies that billed lines and hold.
func invoicesOf(ctx context.Context, tx *store.Tx, lines []licensing.OrderLine) ([]licensing.Invoice, error) {
	var invoices []licensing.Invoice
	var seen []licensing.Ref
	for _, line := range lines {
		if line.InvoiceID == "" || slices.Contains(seen, line.InvoiceID) {
			continue
		}
		seen = append(seen, line.InvoiceID)
		invoice, err := tx.InvoiceByID(ctx, string(line.InvoiceID))
		if err != nil {
			return nil, err
		}
		if invoice.State != licensing.InvoiceVoid {
			invoices = append(invoices, invoice)
		}
	}
	return invoices, nil
}

// refund carries a reversal out. Everything of it is locked.
func (s *Service) refund(ctx context.Context, tx *store.Tx, c Caller, r Reversal, reason string) (OrderDetails, error) {
	out := r.OrderDetails
	out.State, out.RefundedAt = licensing.OrderRefunded, s.Now()
	if err := tx.UpdateOrder(ctx, out.Order); err != nil {
		return out, err
	}
	out.Licenses = nil
	for i, after := range r.After {
		license, err := s.takeBack(ctx, tx, c, r.Kind, r.Licenses[i], after)
		if err != nil {
			return out, err
		}
		out.Licenses = append(out.Licenses, license)
	}
	if err := s.repay(ctx, tx, out.Order); err != nil {
		return out, err
	}
	err := s.record(ctx, tx, c, "order.refunded", out.ID, told(r.Order), map[string]any{
		"state": out.State, "refunded_at": out.RefundedAt.String(), "payment": out.Payment, "amount": out.Amount,
		"currency": out.Currency, "credits": out.Credits, "reason": reason,
	})
	if err != nil {
		return out, err
	}
	return out, s.creditOrder(ctx, tx, c, out.Order)
}

// takeBack changes one license of a refunded order. Serial numbers are free for another
// license.
func (s *Service) takeBack(ctx context.Context, tx *store.Tx, c Caller, kind licensing.OrderKind, before, after licensing.License) (licensing.License, error) {
	event := "license.reverted"
	if kind == licensing.OrderPurchase {
		event = "license.refunded"
		if err := tx.FreeSerials(ctx, after.ID); err != nil {
			return after, err
		}
	}
	return s.saveLicense(ctx, tx, c, event, before, after)
}

// repay returns what an order cost. To a card it goes by a job.
func (s *Service) repay(ctx context.Context, tx *store.Tx, order licensing.Order) error {
	switch order.Payment {
	case licensing.PayBalance:
		_, err := tx.Post(ctx, licensing.LedgerEntry{
			ID: s.newID(prefixEntry), ResellerID: order.ResellerID, Currency: order.Currency, Kind: licensing.EntryRefund,
			Amount: order.Amount, OrderID: licensing.Ref(order.ID), Note: order.Number, CreatedAt: s.Now(),
		})
		return err
	case licensing.PayCredits:
		_, err := tx.PostCredits(ctx, licensing.CreditEntry{
			ID: s.newID(prefixCredit), ResellerID: order.ResellerID, ProductID: order.Lines[0].ProductID, Kind: licensing.CreditRefund,
			Amount: order.Credits, OrderID: licensing.Ref(order.ID), Note: order.Number, CreatedAt: s.Now(),
		})
		return err
	case licensing.PayCard:
		return s.queue.Refund(ctx, tx.Tx.Tx, job.RefundArgs{OrderID: order.ID, Amount: order.Amount, Currency: order.Currency})
	case licensing.PayInvoice, licensing.PayNothing: // the vendor's invoice is taken back, where there is one
	}
	return nil
}
