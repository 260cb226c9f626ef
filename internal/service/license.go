package service

import (
	"context"
	"crypto/rand"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// LicenseQuery chooses licenses; empty fields choose nothing out.
type LicenseQuery struct {
	Company, Product, Kind, Order, State, Billing, Search string
	ExpiringWithin                                        int // days from today
	EndsBefore, EndsAfter                                 licensing.Date
}

func (s *Service) licenseFilter(ctx context.Context, tx *store.Tx, c Caller, q LicenseQuery) (store.LicenseFilter, error) {
	today := s.today(c)
	f := store.LicenseFilter{
		Resellers: c.Visible, Today: today, Kind: q.Kind, State: q.State, Billing: q.Billing,
		EndsBefore: q.EndsBefore, Search: q.Search,
	}
	if !q.EndsAfter.IsZero() {
		f.EndsFrom = q.EndsAfter.AddDays(1)
	}
	if q.ExpiringWithin > 0 {
		// Ends after today, so still valid today, and by the last of those days.
		if from := today.AddDays(1); from.After(f.EndsFrom) {
			f.EndsFrom = from
		}
		if by := today.AddDays(q.ExpiringWithin + 1); f.EndsBefore.IsZero() || by.Before(f.EndsBefore) {
			f.EndsBefore = by
		}
	}
	if q.Order != "" {
		order, err := tx.Order(ctx, c.Visible, q.Order)
		if order, err = found(order, err, named("order", q.Order)); err != nil {
			return f, err
		}
		f.Order = order.ID
	}
	var err error
	if f.CompanyID, err = findCompanyID(ctx, tx, c, q.Company); err != nil {
		return f, err
	}
	if q.Product != "" {
		product, err := findProduct(ctx, tx, q.Product)
		if err != nil {
			return f, err
		}
		f.ProductID = product.ID
	}
	return f, nil
}

// Licenses lists licenses, newest first.
func (s *Service) Licenses(ctx context.Context, c Caller, q LicenseQuery, p Page) (Listing[licensing.License], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.License], error) {
		f, err := s.licenseFilter(ctx, tx, c, q)
		if err != nil {
			return Listing[licensing.License]{}, err
		}
		return list(c, "licenses", q, p, func(x licensing.License) string { return x.ID }, func(p store.Page) ([]licensing.License, error) {
			return tx.Licenses(ctx, f, p)
		})
	})
}

// License gives a license by id or coupon. It fails with not_found.
func (s *Service) License(ctx context.Context, c Caller, ref string) (licensing.License, error) {
	return view(ctx, s, func(tx *store.Tx) (licensing.License, error) { return findLicense(ctx, tx, c, ref) })
}

func findLicense(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.License, error) {
	license, err := tx.License(ctx, licenseRef(ref))
	if err == nil && !c.reads(license.ResellerID) {
		err = store.ErrNotFound
	}
	return found(license, err, named("license", ref))
}

// lockLicense gives a license of the caller to be changed. It fails with not_found
// or read_only.
func lockLicense(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.License, error) {
	license, err := tx.LicenseForUpdate(ctx, licenseRef(ref))
	if license, err = found(license, err, named("license", ref)); err != nil {
		return license, err
	}
	return license, c.owns(license.ResellerID, "license")
}

// licenseRef reads a coupon as people type it; ids stay as they are.
func licenseRef(ref string) string {
	if coupon, ok := licensing.CanonicalCoupon(ref); ok {
		return coupon
	}
	return ref
}

// PauseLicense stops a license; its end does not move. It fails with not_found,
// read_only or license_not_pausable.
func (s *Service) PauseLicense(ctx context.Context, c Caller, ref string) (licensing.License, error) {
	return s.changeLicense(ctx, c, "license-pause", "license.paused", ref, func(l *licensing.License) {
		l.PausedAt = licensing.At(s.now())
	}, licensing.License.CheckPause)
}

// ResumeLicense runs a paused license again. It fails with not_found, read_only or
// license_not_resumable.
func (s *Service) ResumeLicense(ctx context.Context, c Caller, ref string) (licensing.License, error) {
	return s.changeLicense(ctx, c, "license-resume", "license.resumed", ref, func(l *licensing.License) {
		l.PausedAt = licensing.Time{}
	}, licensing.License.CheckResume)
}

func (s *Service) changeLicense(ctx context.Context, c Caller, operation, event, ref string,
	change func(*licensing.License), check func(licensing.License, licensing.Date) error,
) (licensing.License, error) {
	return write(ctx, s, c, operation, ref, func(tx *store.Tx) (licensing.License, error) {
		license, err := lockLicense(ctx, tx, c, ref)
		if err != nil {
			return license, err
		}
		if err := s.refuse(c, license, check(license, s.today(c))); err != nil {
			return license, err
		}
		before := license
		change(&license)
		return s.saveLicense(ctx, tx, c, event, before, license)
	})
}

// refuse adds to a refusal what may be done with the license instead.
func (s *Service) refuse(c Caller, license licensing.License, err error) error {
	return licensing.Instead(err, s.LicenseActions(c, license))
}

func (s *Service) saveLicense(ctx context.Context, tx *store.Tx, c Caller, event string, before, after licensing.License) (licensing.License, error) {
	return s.saveLicenseFor(ctx, tx, c, "", event, before, after)
}

// saveLicenseFor is saveLicense for a change that an order has made; "" is none.
func (s *Service) saveLicenseFor(ctx context.Context, tx *store.Tx, c Caller, order licensing.Ref, event string, before, after licensing.License) (licensing.License, error) {
	after.Version++
	after.UpdatedAt = licensing.At(s.now())
	if err := tx.UpdateLicense(ctx, after); err != nil {
		return after, err
	}
	return after, s.recordFor(ctx, tx, c, order, event, after.ID, before, after)
}

// newCoupon makes a coupon that no license has: of 35 random bits, one in a
// hundred thousand is taken where there are some hundred thousand licenses.
func newCoupon(ctx context.Context, tx *store.Tx) (string, error) {
	codes := licensing.NewCodeGenerator(rand.Reader)
	for {
		coupon, err := codes.Coupon()
		if err != nil {
			return "", err
		}
		if _, err := tx.License(ctx, coupon); store.IsNotFound(err) {
			return coupon, nil
		} else if err != nil {
			return "", err
		}
	}
}

// Today is the vendor's calendar date for a caller: what states are computed for.
func (s *Service) Today(c Caller) licensing.Date { return s.today(c) }

// Now is the service's clock.
func (s *Service) Now() licensing.Time { return licensing.At(s.now()) }
