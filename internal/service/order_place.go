package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Bought is what became of a purchase, an extension or an upgrade: the order, none where
// everything came from stock, and the licenses that it made or changed, none while
// the order waits for its payment.
type Bought struct {
	Order     *licensing.Order
	Licenses  []licensing.License
	StockLeft int64 // suitable stock that was left alone
}

// Details is the order with those of the licenses that are its own.
func (b Bought) Details() OrderDetails {
	details := OrderDetails{Order: *b.Order}
	for _, l := range b.Licenses {
		if b.Order.Kind != licensing.OrderPurchase || l.OrderID == b.Order.ID {
			details.Licenses = append(details.Licenses, l)
		}
	}
	return details
}

// intent is what an order does once it is paid: what it came to when it was placed,
// and what was asked for. An order that waits for its payment keeps it as JSON, and
// nothing else of it exists.
type intent struct {
	Deal     Deal
	Purchase *Purchase `json:",omitempty"` // of a purchase
}

func intentOf(order licensing.Order) (intent, error) {
	var in intent
	if err := json.Unmarshal([]byte(order.Intent), &in); err != nil {
		return in, fmt.Errorf("read what order %s does: %w", order.ID, err)
	}
	return in, nil
}

// place makes the order of a deal. What is paid at once is carried out at once.
func (s *Service) place(ctx context.Context, tx *store.Tx, c Caller, in intent) (Bought, error) {
	order, err := s.placeOrder(ctx, tx, c, in)
	if err != nil {
		return Bought{}, err
	}
	if order.State == licensing.OrderPending {
		return Bought{Order: &order}, s.record(ctx, tx, c, "order.placed", order.ID, nil, told(order))
	}
	if err := s.charge(ctx, tx, c, order, in.Deal); err != nil {
		return Bought{}, err
	}
	return s.fulfil(ctx, tx, c, order, in)
}

// told is an order as the audit log has it: who knows a payment page can pay there,
// and what an order is to do is in its line.
func told(order licensing.Order) licensing.Order {
	order.Intent, order.PaymentURL = "", ""
	return order
}

// placeOrder numbers an order.
func (s *Service) placeOrder(ctx context.Context, tx *store.Tx, c Caller, in intent) (licensing.Order, error) {
	deal := in.Deal
	number, err := s.nextNumber(ctx, tx, c, "ORD")
	if err != nil {
		return licensing.Order{}, err
	}
	order := licensing.Order{
		ID: s.newID(prefixOrder), ResellerID: c.Reseller.ID, Number: number, Kind: deal.Kind, State: licensing.OrderProcessed,
		ContractID: deal.Contract.ID, CompanyID: licensing.Ref(deal.Company.ID), TokenID: c.Token.ID, Buyer: c.actor(), Payment: deal.Payment,
		Currency: deal.Contract.Currency, Amount: deal.Amount, Credits: deal.Credits, Distributor: deal.Distributor, InvoiceReference: deal.InvoiceReference, Note: deal.OrderNote,
		CreatedAt: licensing.At(s.now()), CompanyName: licensing.Ref(deal.Company.Name), Lines: []licensing.OrderLine{deal.line()},
	}
	if deal.Payment == licensing.PayCard {
		kept, err := json.Marshal(in)
		if err != nil {
			return order, fmt.Errorf("keep what the order does: %w", err)
		}
		order.State, order.Intent = licensing.OrderPending, string(kept)
		order.ExpiresAt = licensing.At(s.now().Add(payWithin))
	}
	return order, tx.InsertOrder(ctx, order)
}

// charge takes the money, or the credits, of an order that is paid at once; the
// vendor's invoice is paid later. It fails with insufficient_balance or
// insufficient_credits.
func (s *Service) charge(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order, deal Deal) error {
	switch order.Payment {
	case licensing.PayBalance:
		_, err := tx.Post(ctx, licensing.LedgerEntry{
			ID: s.newID(prefixEntry), ResellerID: c.Reseller.ID, Currency: order.Currency, Kind: licensing.EntryPurchase,
			Amount: -order.Amount, OrderID: licensing.Ref(order.ID), Note: order.Number, CreatedAt: order.CreatedAt,
		})
		if errors.Is(err, store.ErrBelowLimit) {
			return insufficient(deal).Because(err)
		}
		return err
	case licensing.PayCredits:
		_, err := tx.PostCredits(ctx, licensing.CreditEntry{
			ID: s.newID(prefixCredit), ResellerID: c.Reseller.ID, ProductID: deal.Product.ID, Kind: licensing.CreditPurchase,
			Amount: -order.Credits, OrderID: licensing.Ref(order.ID), Note: order.Number, CreatedAt: order.CreatedAt,
		})
		if errors.Is(err, store.ErrBelowLimit) {
			return insufficientCredits(deal).Because(err)
		}
		return err
	case licensing.PayCard, licensing.PayInvoice, licensing.PayNothing:
	}
	return nil
}

// nextNumber gives the reseller's next document number of the year, such as
// ORD-2026-000001, without gaps.
func (s *Service) nextNumber(ctx context.Context, tx *store.Tx, c Caller, series string) (string, error) {
	return s.numbered(ctx, tx, c, series, c.Reseller.ID)
}

// numbered gives the next document number of the year in a series of somebody, without
// gaps: whoever takes one makes the next wait until its transaction ends.
func (s *Service) numbered(ctx context.Context, tx *store.Tx, c Caller, series, owner string) (string, error) {
	year := s.today(c).Year()
	n, err := tx.NextNumber(ctx, fmt.Sprintf("%s:%s:%d", series, owner, year))
	return fmt.Sprintf("%s-%d-%06d", series, year, n), err
}
