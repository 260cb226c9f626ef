package service

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"net/mail"
	"time"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// LinkOrder says which activation link to make.
type LinkOrder struct {
	License string // id or coupon
	Email   string // where to send it; empty is nowhere
	Days    int    // for which it can be used
}

// How long an activation link can be used.
const (
	DefaultLinkDays = 30
	MaxLinkDays     = 365
)

// LinkDetails is an activation link with the secret in its address.
type LinkDetails struct {
	licensing.Link

	Secret string
}

// CreateLink makes an activation link for a license, and mails it where an address is
// given. It fails with not_found, read_only, license_not_activatable or invalid_request.
func (s *Service) CreateLink(ctx context.Context, c Caller, in LinkOrder) (LinkDetails, error) {
	// The answer is kept for repeats: without the secret, which follows from the id.
	link, err := write(ctx, s, c, "license-link", in, func(tx *store.Tx) (licensing.Link, error) {
		license, err := lockLicense(ctx, tx, c, in.License)
		if err != nil {
			return licensing.Link{}, err
		}
		if err := s.refuse(c, license, license.CheckActivate(s.today(c))); err != nil {
			return licensing.Link{}, err
		}
		if err := in.check(); err != nil {
			return licensing.Link{}, err
		}
		id := s.newID(prefixLink)
		link := licensing.Link{
			ID: id, ResellerID: license.ResellerID, LicenseID: license.ID, Hash: fingerprint(linkSecret(c.Vendor, id)), Email: in.Email,
			ExpiresAt: licensing.At(s.now().Add(time.Duration(in.Days) * 24 * time.Hour)), CreatedAt: licensing.At(s.now()),
		}
		if err := tx.InsertLink(ctx, link); err != nil {
			return link, err
		}
		if link.Email != "" {
			if err := s.queue.Mail(ctx, tx.Tx.Tx, job.MailArgs{Template: MailLink, ResourceID: link.ID}); err != nil {
				return link, err
			}
		}
		return link, s.record(ctx, tx, c, "link.created", link.ID, nil, link)
	})
	if err != nil {
		return LinkDetails{}, err
	}
	return LinkDetails{link, linkSecret(c.Vendor, link.ID)}, nil
}

func (in LinkOrder) check() error {
	if in.Days < 1 || in.Days > MaxLinkDays {
		return licensing.Invalid("days", "must be a whole number from 1 to %d", MaxLinkDays)
	}
	if in.Email != "" {
		if address, err := mail.ParseAddress(in.Email); err != nil || address.Address != in.Email {
			return licensing.Invalid("email", "is not an e-mail address such as office@example.com")
		}
	}
	return nil
}

// linkSecret is the secret of a link: 128 bits that nobody can compute without the
// installation's key. So the mail that carries it can be made later, and tried again,
// and no readable copy of it is kept anywhere.
func linkSecret(vendor licensing.Vendor, id string) string {
	const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	key := hmacOf([]byte(vendor.CursorKey), "activation links")
	return base32.NewEncoding(crockford).WithPadding(base32.NoPadding).EncodeToString(hmacOf(key, id)[:16])
}

func hmacOf(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// RevokeLinks withdraws the activation links of a license that can still be used, and
// gives them. It fails with not_found, read_only, or link_unknown where there are none.
func (s *Service) RevokeLinks(ctx context.Context, c Caller, license string) ([]licensing.Link, error) {
	return write(ctx, s, c, "license-link-revoke", license, func(tx *store.Tx) ([]licensing.Link, error) {
		locked, err := lockLicense(ctx, tx, c, license)
		if err != nil {
			return nil, err
		}
		open, err := tx.OpenLinks(ctx, locked.ID)
		if err != nil {
			return nil, err
		}
		var revoked []licensing.Link
		for _, link := range open {
			if link.CheckOpen(s.now()) != nil {
				continue
			}
			before := link
			link.RevokedAt = licensing.At(s.now())
			if err := tx.UpdateLink(ctx, link); err != nil {
				return nil, err
			}
			if err := s.record(ctx, tx, c, "link.revoked", link.ID, before, link); err != nil {
				return nil, err
			}
			revoked = append(revoked, link)
		}
		if len(revoked) == 0 {
			return nil, licensing.Errorf(licensing.CodeLinkUnknown, "%s has no activation link that can be used", locked.ID).
				WithHint("there is nothing to withdraw")
		}
		return revoked, nil
	})
}

// MailLink is the job template of the mail that carries an activation link.
const MailLink = "license-link"

// LinkMail is what that mail is made of.
type LinkMail struct {
	LinkDetails

	License licensing.License
	Company licensing.Company // zero where the license belongs to none
	Seller  licensing.Reseller
	Vendor  licensing.Vendor
}

// LinkMail gives what the mail of a link is made of, for the worker that sends it. A link
// that no longer works is not found.
func (s *Service) LinkMail(ctx context.Context, id string) (LinkMail, error) {
	return view(ctx, s, func(tx *store.Tx) (LinkMail, error) {
		var m LinkMail
		var err error
		if m.Link, err = tx.Link(ctx, id); err != nil {
			return m, err
		}
		if m.CheckOpen(s.now()) != nil {
			return m, store.ErrNotFound
		}
		if m.License, err = tx.License(ctx, m.LicenseID); err != nil {
			return m, err
		}
		if m.License.CompanyID != "" {
			if m.Company, err = tx.Company(ctx, string(m.License.CompanyID)); err != nil {
				return m, err
			}
		}
		if m.Seller, err = tx.Reseller(ctx, m.Link.ResellerID); err != nil {
			return m, err
		}
		m.Vendor, err = tx.Vendor(ctx)
		m.Secret = linkSecret(m.Vendor, id)
		return m, err
	})
}
