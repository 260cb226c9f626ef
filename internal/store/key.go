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
	Search    string // the beginning of the code or of the name
	After     int64  // those with a greater Seq only
	Until     int64  // those with no greater Seq only; 0 is all, and less than that none
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
	if f.After > 0 {
		c.add("k.seq > %s", strconv.FormatInt(f.After, 10)) // an export's arguments are text
	}
	if f.Until != 0 {
		c.add("k.seq <= %s", strconv.FormatInt(f.Until, 10))
	}
	return &c
}

// found is conditions, with the search.
func (f KeyFilter) found(d Dialect, license string) *conditions {
	return finding(func() *conditions { return f.conditions(license) }, f.finder)(d)
}

// finder finds keys by their code and name. There may be hundreds of thousands made at
// once, which would take too long with an index of all that is in a name.
func (f KeyFilter) finder(Dialect) finder[int64] {
	n := newNeedle(f.Search)
	ways := func(c *conditions) []string { return append(c.keys(n, 1, true), c.id("k.id", n)) }
	return finder[int64]{
		table: "keys", alias: "k", key: "seq", resellers: f.Resellers, narrow: f.byLicense(), needle: n,
		conditions: func() *conditions { return f.conditions("k.license_id") },
		has:        func(c *conditions) string { return anyOf(append(ways(c), "1 = 0")...) },
		ways:       []way{{query: func(c *conditions) string { return selectAny("k.seq", "keys k", ways(c)...) }}},
	}
}

// byLicense reports whether a key is chosen by what it unlocks.
func (f KeyFilter) byLicense() bool { return f.LicenseID != "" || f.OrderID != "" || f.CompanyID != "" }

func selectKey() string { return "SELECT " + keyColumns() + " FROM keys k" }

func keyColumns() string { return columnsOf[licensing.Key]("k") + ", k.devices, k.seq" }

// Keys lists keys, the last inserted first: Page.After is a key's Seq. There may be
// millions of a license, so they are paged in the order that its index has; those that
// have it as a further license are few, and are put in between.
func (tx *Tx) Keys(ctx context.Context, f KeyFilter, p Page) ([]licensing.Key, error) {
	if f.Search != "" && !f.byLicense() {
		return tx.findKeys(ctx, f, p)
	}
	found, err := tx.keys(ctx, selectKey(), f.found(tx.dialect, "k.license_id"), p)
	if err != nil || !f.byLicense() {
		return found, err
	}
	c := f.found(tx.dialect, "x.license_id")
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

func (tx *Tx) findKeys(ctx context.Context, f KeyFilter, p Page) ([]licensing.Key, error) {
	after, err := p.afterSeq()
	if err != nil {
		return nil, err
	}
	return find(ctx, tx, f.finder(tx.dialect), after, p.Limit, func(rest string, args []any) ([]licensing.Key, error) {
		return selectAll[licensing.Key](ctx, tx, selectKey()+rest, args...)
	})
}

// afterSeq is After of a page of keys; nil on the first page.
func (p Page) afterSeq() (*int64, error) {
	if p.After == "" {
		return nil, nil //nolint:nilnil // documented above
	}
	seq, err := strconv.ParseInt(p.After, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("page of keys: %w", err)
	}
	return &seq, nil
}

func (tx *Tx) keys(ctx context.Context, query string, c *conditions, p Page) ([]licensing.Key, error) {
	after, err := p.afterSeq()
	if err != nil {
		return nil, err
	}
	if after != nil {
		c.add("k.seq < %s", *after)
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
