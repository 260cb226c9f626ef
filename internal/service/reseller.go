package service

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Profile is a reseller with what it may sell, and what it has been given to sell.
type Profile struct {
	licensing.Reseller
	Products []licensing.Product // empty is everything its parent may
	Credits  []licensing.Credits
}

// ResellerQuery chooses resellers; empty fields choose nothing out.
type ResellerQuery struct {
	Parent string // id or login
	State  licensing.ResellerState
	Search string
}

// Resellers lists the caller's sub-resellers and theirs, newest first; every reseller
// to the vendor.
func (s *Service) Resellers(ctx context.Context, c Caller, q ResellerQuery, p Page) (Listing[Profile], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[Profile], error) {
		filter := store.ResellerFilter{State: q.State, Search: q.Search}
		if !c.ofVendor() {
			filter.IDs = slices.DeleteFunc(slices.Clone(c.Visible), func(id string) bool { return id == c.Reseller.ID })
		}
		if q.Parent != "" {
			parent, err := findReseller(ctx, tx, c, q.Parent)
			if err != nil {
				return Listing[Profile]{}, err
			}
			filter.Parent = parent.ID
		}
		rows, err := list(c, "resellers", q, p, func(r licensing.Reseller) string { return r.ID }, func(p store.Page) ([]licensing.Reseller, error) {
			return tx.Resellers(ctx, filter, p)
		})
		if err != nil {
			return Listing[Profile]{}, err
		}
		profiles, err := profilesOf(ctx, tx, c, rows.Rows)
		return Listing[Profile]{Rows: profiles, Next: rows.Next}, err
	})
}

// Reseller gives a reseller by id or login: the caller's own, a sub-reseller, or any to
// the vendor. It fails with not_found.
func (s *Service) Reseller(ctx context.Context, c Caller, ref string) (Profile, error) {
	return view(ctx, s, func(tx *store.Tx) (Profile, error) {
		reseller, err := findReseller(ctx, tx, c, ref)
		if err != nil {
			return Profile{}, err
		}
		return profileOf(ctx, tx, c, reseller)
	})
}

// profileOf adds to a reseller what belongs to it. Its note is its parent's.
func profileOf(ctx context.Context, tx *store.Tx, c Caller, reseller licensing.Reseller) (Profile, error) {
	profiles, err := profilesOf(ctx, tx, c, []licensing.Reseller{reseller})
	if err != nil {
		return Profile{}, err
	}
	return profiles[0], nil
}

func profilesOf(ctx context.Context, tx *store.Tx, c Caller, resellers []licensing.Reseller) ([]Profile, error) {
	ids := make([]string, len(resellers))
	for i, r := range resellers {
		ids[i] = r.ID
	}
	products, err := tx.ResellersProducts(ctx, ids)
	if err != nil {
		return nil, err
	}
	credits, err := tx.CreditsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	profiles := make([]Profile, len(resellers))
	for i, r := range resellers {
		if r.ID == c.Reseller.ID {
			r.Note = ""
		}
		profiles[i] = Profile{Reseller: r, Products: products[r.ID]}
		for _, x := range credits {
			if x.ResellerID == r.ID {
				profiles[i].Credits = append(profiles[i].Credits, x)
			}
		}
	}
	return profiles, nil
}

// sees reports whether the caller may look at what belongs to a reseller: the vendor
// at everything.
func (c Caller) sees(reseller string) bool {
	return c.ofVendor() || c.reads(reseller)
}

// findReseller gives a reseller by id or login: the caller's own, a sub-reseller, or
// any to the vendor. It fails with not_found.
func findReseller(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.Reseller, error) {
	reseller, err := tx.Reseller(ctx, ref)
	if err == nil && !c.sees(reseller.ID) {
		err = store.ErrNotFound
	}
	return found(reseller, err, named("reseller", ref))
}

// findBelow is findReseller for what only those above a reseller do: of the caller's own
// it fails with read_only.
func findBelow(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.Reseller, error) {
	reseller, err := findReseller(ctx, tx, c, ref)
	if err == nil && reseller.ID == c.Reseller.ID {
		err = aboveOnly()
	}
	return reseller, err
}

func aboveOnly() error {
	return licensing.Errorf(licensing.CodeReadOnly, "this is your own account").
		WithHint("whoever made it can do this")
}

// visibleReseller is findReseller for filters: nothing asked for is the caller's own,
// which for the vendor is "".
func visibleReseller(ctx context.Context, tx *store.Tx, c Caller, ref string) (string, error) {
	if ref == "" {
		return c.Reseller.ID, nil
	}
	reseller, err := findReseller(ctx, tx, c, ref)
	return reseller.ID, err
}

func checkReseller(r licensing.Reseller) error {
	if err := licensing.CheckLogin(r.Login); err != nil {
		return err
	}
	if err := checkEmail(r.Email); err != nil {
		return err
	}
	for field, text := range map[string]string{"name": r.Name, "postal_code": r.PostalCode, "city": r.City, "vat_id": r.VATID} {
		if err := checkLine(field, text); err != nil {
			return err
		}
	}
	if strings.TrimSpace(r.Name) == "" {
		return licensing.Invalid("name", "is missing")
	}
	if err := licensing.CheckTaxRate("tax_rate", r.TaxRate); err != nil {
		return err
	}
	return errors.Join(checkCountry(r.Country), checkLanguage(r.Language))
}

// productsFor finds the products that a reseller below a parent may sell: among those
// that the parent may. It fails with not_found or product_not_permitted.
func productsFor(ctx context.Context, tx *store.Tx, parent licensing.Ref, refs []string) ([]string, error) {
	var ids []string
	for _, ref := range refs {
		product, err := findProduct(ctx, tx, ref)
		if err != nil {
			return nil, err
		}
		may, err := tx.MaySell(ctx, string(parent), product.ID)
		if err != nil {
			return nil, err
		}
		if !may {
			return nil, licensing.Errorf(licensing.CodeNotPermittedPr, "%s is not among the products that the parent may sell", product.SKU).
				WithHint("choose among those that the parent may sell itself")
		}
		if !slices.Contains(ids, product.ID) {
			ids = append(ids, product.ID)
		}
	}
	return ids, nil
}
