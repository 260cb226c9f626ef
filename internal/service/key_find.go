package service

import (
	"context"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// KeyQuery chooses keys; empty fields choose nothing out.
type KeyQuery struct{ License, Order, Company, Name, Search string }

func keyFilter(ctx context.Context, tx *store.Tx, c Caller, q KeyQuery) (store.KeyFilter, error) {
	f := store.KeyFilter{Resellers: c.Visible, Name: q.Name, Search: q.Search}
	var err error
	if f.CompanyID, err = findCompanyID(ctx, tx, c, q.Company); err != nil {
		return f, err
	}
	if q.License != "" {
		license, err := findLicense(ctx, tx, c, q.License)
		if err != nil {
			return f, err
		}
		f.LicenseID = license.ID
	}
	if q.Order != "" {
		order, err := tx.Order(ctx, c.Visible, q.Order)
		if order, err = found(order, err, named("order", q.Order)); err != nil {
			return f, err
		}
		f.OrderID = order.ID
	}
	return f, nil
}

// KeyDetails is a key with all the licenses that it unlocks, the first one first.
type KeyDetails struct {
	licensing.Key

	Licenses []licensing.License
}

// Keys lists keys, newest first.
func (s *Service) Keys(ctx context.Context, c Caller, q KeyQuery, p Page) (Listing[KeyDetails], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[KeyDetails], error) {
		f, err := keyFilter(ctx, tx, c, q)
		if err != nil {
			return Listing[KeyDetails]{}, err
		}
		return list(c, "keys", q, p, func(x KeyDetails) string { return strconv.FormatInt(x.Seq, 10) }, func(p store.Page) ([]KeyDetails, error) {
			keys, err := tx.Keys(ctx, f, p)
			if err != nil {
				return nil, err
			}
			return withLicenses(ctx, tx, keys...)
		})
	})
}

// Key gives a key by id or code, however it is typed. It fails with not_found or
// invalid_key.
func (s *Service) Key(ctx context.Context, c Caller, ref string) (KeyDetails, error) {
	return view(ctx, s, func(tx *store.Tx) (KeyDetails, error) {
		key, err := findKey(ctx, tx, c, ref)
		if err != nil {
			return KeyDetails{}, err
		}
		return keyDetails(ctx, tx, key)
	})
}

func keyDetails(ctx context.Context, tx *store.Tx, key licensing.Key) (KeyDetails, error) {
	all, err := withLicenses(ctx, tx, key)
	if err != nil {
		return KeyDetails{}, err
	}
	return all[0], nil
}

func withLicenses(ctx context.Context, tx *store.Tx, keys ...licensing.Key) ([]KeyDetails, error) {
	licenses, err := tx.KeyLicenses(ctx, keys...)
	all := make([]KeyDetails, len(keys))
	for i, key := range keys {
		all[i] = KeyDetails{Key: key, Licenses: licenses[key.ID]}
	}
	return all, err
}

// findKey gives a key that the caller may read.
func findKey(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.Key, error) {
	key, err := lookUpKey(ctx, tx, ref)
	if err == nil && !c.reads(key.ResellerID) {
		err = store.ErrNotFound
	}
	return found(key, err, licensing.Subject{Kind: "key"})
}

// lookUpKey gives a key whoever has it.
func lookUpKey(ctx context.Context, tx *store.Tx, ref string) (licensing.Key, error) {
	if strings.HasPrefix(ref, prefixKey) {
		return tx.KeyByID(ctx, ref)
	}
	code, err := licensing.CanonicalKey(ref)
	if err != nil {
		return licensing.Key{}, err
	}
	key, err := tx.KeyByCode(ctx, code)
	if generated := licensing.GeneratedForm(code); store.IsNotFound(err) && generated != code {
		return tx.KeyByCode(ctx, generated)
	}
	return key, err
}
