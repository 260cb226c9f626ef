package service

import (
	"cmp"
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Assignment gives a license of stock, or some of it, to a company.
type Assignment struct {
	License  string // id or coupon
	Company  string // id, domain or exact name
	Quantity int64  // 0 is the whole license, with its keys
}

// AssignLicense gives a license that belongs to no company to one, for the term that
// it has. Of less than the whole it makes a license of its own, and answers that. It
// fails with not_found, read_only, invalid_quantity or license_not_assignable.
func (s *Service) AssignLicense(ctx context.Context, c Caller, in Assignment) (licensing.License, error) {
	return write(ctx, s, c, "license-assign", in, func(tx *store.Tx) (licensing.License, error) {
		license, err := lockLicense(ctx, tx, c, in.License)
		if err != nil {
			return license, err
		}
		company, err := findCompany(ctx, tx, c, in.Company)
		if err != nil {
			return license, err
		}
		if err := c.owns(company.ResellerID, "company"); err != nil {
			return license, err
		}
		quantity := cmp.Or(in.Quantity, license.Quantity)
		if err := s.refuse(c, license, license.CheckAssign(quantity, s.today(c))); err != nil {
			return license, err
		}
		if license, err = s.splitOff(ctx, tx, c, license, quantity); err != nil {
			return license, err
		}
		return s.assign(ctx, tx, c, license, company)
	})
}

// assign gives a locked license to a company. It fails with license_not_assignable
// where a key unlocks it together with a license of another company.
func (s *Service) assign(ctx context.Context, tx *store.Tx, c Caller, license licensing.License, company licensing.Company) (licensing.License, error) {
	return s.assignChanged(ctx, tx, c, license, license, company)
}

// assignChanged is assign of a license that is changed as well.
func (s *Service) assignChanged(ctx context.Context, tx *store.Tx, c Caller, before, license licensing.License, company licensing.Company) (licensing.License, error) {
	if license.KeySeats > 0 {
		other, err := tx.SharesKey(ctx, license.ID, company.ID)
		if err != nil {
			return license, err
		}
		if other != "" {
			return license, licensing.Errorf(licensing.CodeNotAssignable, "a key unlocks %s together with %s, which is of another company", license.ID, other).
				WithHint("assign it to that company, or split off what no key has")
		}
	}
	license.CompanyID, license.CompanyName, license.CompanyDomain = licensing.Ref(company.ID), licensing.Ref(company.Name), company.Domain
	return s.saveLicense(ctx, tx, c, "license.assigned", before, license)
}

// splitOff makes a quantity of a locked license a license of its own, with a coupon of
// its own, and shares out what was paid. The whole quantity is the license itself.
func (s *Service) splitOff(ctx context.Context, tx *store.Tx, c Caller, license licensing.License, quantity int64) (licensing.License, error) {
	if quantity == license.Quantity {
		return license, nil
	}
	lines, err := tx.PaidLines(ctx, license.ID)
	if err != nil {
		return license, err
	}
	rest, piece := licensing.Holding{License: license, Lines: lines}.Split(quantity)
	part := piece.License
	part.ID, part.Version, part.CreatedAt = s.newID(prefixLicense), 1, licensing.At(s.now())
	part.UpdatedAt = part.CreatedAt
	if part.Coupon, err = newCoupon(ctx, tx); err != nil {
		return license, err
	}
	if _, err := s.saveLicense(ctx, tx, c, "license.split", license, rest.License); err != nil {
		return license, err
	}
	if err := tx.InsertLicense(ctx, part); err != nil {
		return license, err
	}
	if err := s.shareLines(ctx, tx, part.ID, rest.Lines, piece.Lines); err != nil {
		return license, err
	}
	return part, s.record(ctx, tx, c, "license.split", part.ID, nil, part)
}

// shareLines writes the lines of both parts of a license: a line of which nothing is
// left moves, any other becomes two.
func (s *Service) shareLines(ctx context.Context, tx *store.Tx, part string, rest, piece []licensing.OrderLine) error {
	left := make(map[string]bool, len(rest))
	for _, line := range rest {
		left[line.ID] = true
		if err := tx.UpdateOrderLine(ctx, line); err != nil {
			return err
		}
	}
	for _, line := range piece {
		line.LicenseID = part
		if !left[line.ID] {
			if err := tx.UpdateOrderLine(ctx, line); err != nil {
				return err
			}
			continue
		}
		line.ID = s.newID(prefixLine)
		if err := tx.InsertOrderLines(ctx, line); err != nil {
			return err
		}
	}
	return nil
}
