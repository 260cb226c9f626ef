package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/resell-cli/resell/internal/licensing"
)

// KeyFilter chooses keys. Resellers must name at least one; empty fields choose
// nothing out.
type KeyFilter struct {
	Resellers []string
	LicenseID string
	OrderID   string
	CompanyID string
	Name      string
}

// conditions chooses keys by the license in a column: that of a key's first license,
// or that of a further one.
func (f KeyFilter) conditions(license string) *conditions {
	var c conditions
	c.among("k.reseller_id", f.Resellers)
	c.equal(license, f.LicenseID)
	c.equal("k.name", f.Name)
	if f.OrderID != "" {
		c.add(license+" IN (SELECT id FROM licenses WHERE order_id = %s)", f.OrderID)
	}
	if f.CompanyID != "" {
		c.add(license+" IN (SELECT id FROM licenses WHERE company_id = %s)", f.CompanyID)
	}
	return &c
}

// byLicense reports whether a key is chosen by what it unlocks.
func (f KeyFilter) byLicense() bool { return f.LicenseID != "" || f.OrderID != "" || f.CompanyID != "" }

func selectKey() string { return "SELECT " + keyColumns() + " FROM keys k" }

func keyColumns() string { return columnsOf[licensing.Key]("k") + ", k.devices, k.seq" }

// Keys lists keys, the last inserted first: Page.After is a key's Seq. There may be
// millions of a license, so they are paged in the order that its index has; those that
// have it as a further license are few, and are put in between.
func (tx *Tx) Keys(ctx context.Context, f KeyFilter, p Page) ([]licensing.Key, error) {
	found, err := tx.keys(ctx, selectKey(), f.conditions("k.license_id"), p)
	if err != nil || !f.byLicense() {
		return found, err
	}
	c := f.conditions("x.license_id")
	c.terms = append(c.terms, "k.id = x.key_id")
	further, err := tx.keys(ctx, "SELECT DISTINCT "+keyColumns()+" FROM key_licenses x CROSS JOIN keys k", c, p)
	if err != nil || len(further) == 0 {
		return found, err
	}
	found = append(found, further...)
	slices.SortFunc(found, func(a, b licensing.Key) int { return cmp.Compare(b.Seq, a.Seq) })
	found = slices.CompactFunc(found, func(a, b licensing.Key) bool { return a.Seq == b.Seq })
	return found[:min(len(found), p.Limit)], nil
}

func (tx *Tx) keys(ctx context.Context, query string, c *conditions, p Page) ([]licensing.Key, error) {
	if p.After != "" {
		seq, err := strconv.ParseInt(p.After, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("page of keys: %w", err)
		}
		c.add("k.seq < %s", seq)
	}
	return selectAll[licensing.Key](ctx, tx, fmt.Sprintf("%s%s ORDER BY k.seq DESC LIMIT %d", query, c, p.Limit), c.args...)
}

// KeyByID gives a key by its id.
func (tx *Tx) KeyByID(ctx context.Context, id string) (licensing.Key, error) {
	return get[licensing.Key](ctx, tx, selectKey()+" WHERE k.id = $1", id)
}

// KeyByCode gives a key by its code in canonical form.
func (tx *Tx) KeyByCode(ctx context.Context, code string) (licensing.Key, error) {
	return get[licensing.Key](ctx, tx, selectKey()+" WHERE k.code = $1", code)
}

// KeyForUpdate gives a key by its id and keeps others from changing it until the
// transaction ends. A use case that locks licenses too locks those first.
func (tx *Tx) KeyForUpdate(ctx context.Context, id string) (licensing.Key, error) {
	return get[licensing.Key](ctx, tx, selectKey()+" WHERE k.id = $1"+tx.forUpdate("k"), id)
}
