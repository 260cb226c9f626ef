package service

import (
	"context"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// LinkPurpose is what whoever opens an activation link is told of it.
type LinkPurpose struct {
	Link    licensing.Link
	License licensing.License
	Product licensing.Product
	Seller  licensing.Reseller
}

// LinkUse is what came of using a link.
type LinkUse struct {
	LinkPurpose

	Email string // where the message about it goes
}

// OpenLink tells what the link with a secret is for, and changes nothing. It fails with
// link_unknown, link_used, link_revoked, link_expired or license_not_activatable.
func (s *Service) OpenLink(ctx context.Context, c Caller, secret string) (LinkPurpose, error) {
	return view(ctx, s, func(tx *store.Tx) (LinkPurpose, error) {
		link, err := findLink(ctx, tx, secret)
		if err != nil {
			return LinkPurpose{}, err
		}
		p, err := purposeOf(ctx, tx, link)
		if err != nil {
			return p, err
		}
		if err := link.CheckOpen(s.now()); err != nil {
			return p, err
		}
		return p, p.License.CheckActivate(s.today(c))
	})
}

// UseLink activates the license of a link for a customer, once: of several at the same
// time one succeeds. It fails as OpenLink and ActivateLicense do.
func (s *Service) UseLink(ctx context.Context, c Caller, secret string, in CustomerActivation) (LinkUse, error) {
	c.proof = "link:" + fingerprint(secret)
	return once(ctx, s, c, "link-use", in, func(tx *store.Tx) (LinkUse, error) {
		link, err := findLink(ctx, tx, secret)
		if err != nil {
			return LinkUse{}, err
		}
		holder, err := c.onBehalfOf(ctx, tx, link.ResellerID)
		if err != nil {
			return LinkUse{}, err
		}
		license, err := lockLicense(ctx, tx, holder, link.LicenseID)
		if err != nil {
			return LinkUse{}, err
		}
		if link, err = tx.LinkForUpdate(ctx, link.ID); err != nil {
			return LinkUse{}, err
		}
		if err := link.CheckOpen(s.now()); err != nil {
			return LinkUse{}, err
		}
		if license, err = s.activateFor(ctx, tx, holder, license, in); err != nil {
			return LinkUse{}, err
		}
		return s.linkUsed(ctx, tx, holder, link, license)
	})
}

// linkUsed marks a link as used for its license.
func (s *Service) linkUsed(ctx context.Context, tx *store.Tx, c Caller, link licensing.Link, license licensing.License) (LinkUse, error) {
	before := link
	link.UsedAt = licensing.At(s.now())
	if err := tx.UpdateLink(ctx, link); err != nil {
		return LinkUse{}, err
	}
	if err := s.record(ctx, tx, c, "link.used", link.ID, before, link); err != nil {
		return LinkUse{}, err
	}
	p, err := purposeOf(ctx, tx, link)
	if err != nil {
		return LinkUse{}, err
	}
	company, err := tx.Company(ctx, string(license.CompanyID))
	return LinkUse{p, company.Email}, err
}

func findLink(ctx context.Context, tx *store.Tx, secret string) (licensing.Link, error) {
	link, err := tx.LinkByHash(ctx, fingerprint(secret))
	if store.IsNotFound(err) {
		return link, licensing.Errorf(licensing.CodeLinkUnknown, "there is no such link").
			WithHint("ask whoever sent it to you for another one")
	}
	return link, err
}

func purposeOf(ctx context.Context, tx *store.Tx, link licensing.Link) (LinkPurpose, error) {
	p := LinkPurpose{Link: link}
	var err error
	if p.License, err = tx.License(ctx, link.LicenseID); err != nil {
		return p, err
	}
	if p.Product, err = tx.Product(ctx, p.License.ProductID); err != nil {
		return p, err
	}
	p.Seller, err = tx.Reseller(ctx, link.ResellerID)
	return p, err
}

// Zone is the vendor's time zone.
func (s *Service) Zone(c Caller) *time.Location { return s.zone(c.Vendor.TimeZone) }
