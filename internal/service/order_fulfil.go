package service

import (
	"context"
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
	case licensing.OrderExtension, licensing.OrderRenewal:
		license, err = s.extendLicense(ctx, tx, c, order, in.Deal)
	case licensing.OrderUpgrade:
		err = fmt.Errorf("order %s: an upgrade is not carried out here", order.ID)
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

// processed does what follows from every order that is processed.
func (s *Service) processed(ctx context.Context, tx *store.Tx, c Caller, order licensing.Order) error {
	if err := s.record(ctx, tx, c, "order.processed", order.ID, nil, told(order)); err != nil {
		return err
	}
	return s.billOrder(ctx, tx, c, order)
}
