package service

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// fulfil carries out an order that is paid: it makes or changes the license, and
// writes the order's line.
func (s *Service) fulfil(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order, in intent) (Bought, error) {
	var license licensing.License
	var err error
	switch in.Deal.Kind {
	case licensing.OrderPurchase:
		license, err = s.addLicense(ctx, tx, c, order, in)
		if err == nil {
			err = s.unlockBought(ctx, tx, c, in.Purchase.Key, &license)
		}
	case licensing.OrderExtension, licensing.OrderRenewal:
		license, err = s.changeByOrder(ctx, tx, c, &order, in.Deal, s.extendLicense)
	case licensing.OrderUpgrade:
		license, err = s.changeByOrder(ctx, tx, c, &order, in.Deal, s.upgradeLicense)
	}
	if err != nil {
		return Bought{}, err
	}
	line := in.Deal.line()
	line.ID, line.OrderID, line.LicenseID = s.newID(prefixLine), order.ID, license.ID
	if err := tx.InsertOrderLines(ctx, line); err != nil {
		return Bought{}, err
	}
	order.Lines = []licensing.OrderLine{line}
	return Bought{Order: &order, Licenses: []licensing.License{license}}, s.processed(ctx, tx, c, order)
}

// changeByOrder changes the license of an order, and keeps with the order what a refund
// sets back.
func (s *Service) changeByOrder(ctx context.Context, tx *store.Tx, c Caller, order *licensing.Order, deal Deal,
	change func(context.Context, *store.Tx, Caller, licensing.Order, Deal) (licensing.License, error),
) (licensing.License, error) {
	before, err := lockLicense(ctx, tx, c, deal.LicenseID)
	if err != nil {
		return before, err
	}
	after, err := change(ctx, tx, c, *order, deal)
	if err != nil {
		return after, err
	}
	kept, err := json.Marshal(licensing.Change{Before: before.Standing(), After: after.Standing()})
	if err != nil {
		return after, fmt.Errorf("keep what order %s changed: %w", order.ID, err)
	}
	order.Undo = string(kept)
	return after, tx.UpdateOrder(ctx, *order)
}

// processed does what follows from every order that is processed: it is confirmed by
// mail, and billed.
func (s *Service) processed(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order) error {
	if err := s.record(ctx, tx, c, "order.processed", order.ID, nil, told(order)); err != nil {
		return err
	}
	if err := s.confirm(ctx, tx, c, order, ""); err != nil {
		return err
	}
	return s.billOrder(ctx, tx, c, order)
}
