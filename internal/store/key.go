package store

import (
	"context"
	"fmt"
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

func (f KeyFilter) conditions() *conditions {
	var c conditions
	c.among("k.reseller_id", f.Resellers)
	c.equal("k.license_id", f.LicenseID)
	c.equal("k.name", f.Name)
	if f.OrderID != "" {
		c.add("k.license_id IN (SELECT id FROM licenses WHERE order_id = %s)", f.OrderID)
	}
	if f.CompanyID != "" {
		c.add("k.license_id IN (SELECT id FROM licenses WHERE company_id = %s)", f.CompanyID)
	}
	return &c
}

func selectKey() string {
	return "SELECT " + columnsOf[licensing.Key]("k") + ", k.seq FROM keys k"
}

// Keys lists keys, the last inserted first: Page.After is a key's Seq. There may be
// millions of a license, so they are paged in the order that its index has.
func (tx *Tx) Keys(ctx context.Context, f KeyFilter, p Page) ([]licensing.Key, error) {
	c := f.conditions()
	if p.After != "" {
		seq, err := strconv.ParseInt(p.After, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("page of keys: %w", err)
		}
		c.add("k.seq < %s", seq)
	}
	return selectAll[licensing.Key](ctx, tx, fmt.Sprintf("%s%s ORDER BY k.seq DESC LIMIT %d", selectKey(), c, p.Limit), c.args...)
}

// KeyByID gives a key by its id.
func (tx *Tx) KeyByID(ctx context.Context, id string) (licensing.Key, error) {
	return get[licensing.Key](ctx, tx, selectKey()+" WHERE k.id = $1", id)
}

// KeyByCode gives a key by its code in canonical form.
func (tx *Tx) KeyByCode(ctx context.Context, code string) (licensing.Key, error) {
	return get[licensing.Key](ctx, tx, selectKey()+" WHERE k.code = $1", code)
}
