package service

import (
	"context"
	"fmt"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// MailOrder is the job template of the mail that confirms an order.
const MailOrder = "order"

// OrderMail is what the mail of an order is made of.
type OrderMail struct {
	ID       string // of the message
	Order    licensing.Order
	BoughtOn licensing.Date
	Licenses []licensing.License
	Buyer    licensing.Reseller
	Vendor   licensing.Vendor
}

// confirm enqueues the mail that confirms an order; a nonce tells a duplicate. A
// reseller without an address gets none.
func (s *Service) confirm(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order, nonce string) error {
	if c.Reseller.Email == "" {
		return nil
	}
	return s.queue.Mail(ctx, tx.Tx.Tx, job.MailArgs{Template: MailOrder, ResourceID: order.ID, Nonce: nonce})
}

// ResendOrder sends the mail that confirms an order once more. It fails with
// not_found, read_only or order_not_resendable.
func (s *Service) ResendOrder(ctx context.Context, c Caller, ref string) (OrderDetails, error) {
	return write(ctx, s, c, "order-resend", ref, func(tx *store.Tx) (OrderDetails, error) {
		order, err := findOrder(ctx, tx, c, ref)
		if err == nil {
			err = c.owns(order.ResellerID, "order")
		}
		if err == nil {
			err = order.CheckResend()
		}
		if err == nil && c.Reseller.Email == "" {
			err = licensing.Errorf(licensing.CodeOrderNotResendable, "your account has no e-mail address to send it to").
				WithHint("ask whoever made your account to add one")
		}
		if err == nil {
			err = s.confirm(ctx, tx, c, order, newNonce())
		}
		if err == nil {
			err = s.record(ctx, tx, c, "order.resent", order.ID, told(order), map[string]any{"email": c.Reseller.Email})
		}
		if err != nil {
			return OrderDetails{Order: order}, err
		}
		detailed, err := orderDetails(ctx, tx, order)
		if err != nil {
			return OrderDetails{Order: order}, err
		}
		return detailed[0], nil
	})
}

// OrderMail gives what the mail of an order is made of, for the worker that sends it.
// It fails with store.ErrNotFound where the order is not processed, or is refunded by now.
func (s *Service) OrderMail(ctx context.Context, id, nonce string) (OrderMail, error) {
	return view(ctx, s, func(tx *store.Tx) (OrderMail, error) {
		order, err := tx.OrderByID(ctx, id)
		if err != nil {
			return OrderMail{}, err
		}
		if order.State != licensing.OrderProcessed {
			return OrderMail{}, fmt.Errorf("order %s is %s: %w", id, order.State, store.ErrNotFound)
		}
		c, err := s.onBehalf(ctx, tx, order)
		if err != nil {
			return OrderMail{}, err
		}
		if order, err = tx.Order(ctx, c.Visible, id); err != nil { // with its lines
			return OrderMail{}, err
		}
		detailed, err := orderDetails(ctx, tx, order)
		if err != nil {
			return OrderMail{}, err
		}
		out := OrderMail{
			ID: order.ID, Order: detailed[0].Order, BoughtOn: s.dateOf(c, order.CreatedAt), Licenses: detailed[0].Licenses,
			Buyer: c.Reseller, Vendor: c.Vendor,
		}
		if nonce != "" {
			out.ID += "." + nonce
		}
		return out, nil
	})
}

// OrderMailed records that the mail server took the confirmation of an order, or why
// it never will.
func (s *Service) OrderMailed(ctx context.Context, id string, failure error) error {
	return s.store.Update(ctx, func(tx *store.Tx) error {
		if failure == nil {
			return tx.SetOrderMailed(ctx, id, s.Now())
		}
		order, err := tx.OrderByID(ctx, id)
		if err != nil {
			return err
		}
		c, err := s.onBehalf(ctx, tx, order)
		if err != nil {
			return err
		}
		return s.record(ctx, tx, c, "order.mail_failed", id, told(order), map[string]any{"email": c.Reseller.Email, "error": failure.Error()})
	})
}
