package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

// ResellerFilter chooses resellers. IDs are those it chooses among; nil is all. Other
// fields, where they are empty, choose nothing out.
type ResellerFilter struct {
	IDs    []string
	Parent string // id
	State  licensing.ResellerState
	Search string
}

func (f ResellerFilter) conditions() *conditions {
	var c conditions
	if f.IDs != nil {
		c.among("r.id", f.IDs)
	}
	c.equal("r.parent_id", f.Parent)
	switch f.State {
	case licensing.ResellerActive:
		c.terms = append(c.terms, "r.disabled_at IS NULL")
	case licensing.ResellerDisabled:
		c.terms = append(c.terms, "r.disabled_at IS NOT NULL")
	}
	c.search("r.search_text", f.Search)
	return &c
}

func selectReseller() string {
	return "SELECT " + columnsOf[licensing.Reseller]("r") + ", x.login AS parent_login FROM resellers r LEFT JOIN resellers x ON x.id = r.parent_id"
}

// Resellers lists tenants, newest first.
func (tx *Tx) Resellers(ctx context.Context, f ResellerFilter, p Page) ([]licensing.Reseller, error) {
	c := f.conditions()
	rest := c.page("r.id", p)
	return selectAll[licensing.Reseller](ctx, tx, selectReseller()+rest, c.args...)
}

// Reseller gives a tenant by id or login.
func (tx *Tx) Reseller(ctx context.Context, ref string) (licensing.Reseller, error) {
	return get[licensing.Reseller](ctx, tx, selectReseller()+" WHERE r.id = $1 OR r.login = $1", ref)
}

// ResellerForUpdate gives a tenant by id and keeps others from changing it until the
// transaction ends.
func (tx *Tx) ResellerForUpdate(ctx context.Context, id string) (licensing.Reseller, error) {
	return get[licensing.Reseller](ctx, tx, selectReseller()+" WHERE r.id = $1"+tx.forUpdate("r"), id)
}

// InsertReseller adds a tenant. It fails with ErrExists where the login is taken.
func (tx *Tx) InsertReseller(ctx context.Context, r licensing.Reseller) error {
	r.SearchText = resellerSearchText(r)
	return insert(ctx, tx, "resellers", r)
}

// UpdateReseller changes a tenant.
func (tx *Tx) UpdateReseller(ctx context.Context, r licensing.Reseller) error {
	r.SearchText = resellerSearchText(r)
	return update(ctx, tx, "resellers", r)
}

func resellerSearchText(r licensing.Reseller) string {
	return searchText(r.ID, r.Login, r.Name, r.Email, r.Address, r.PostalCode, r.City, r.Country, r.VATID, r.Note)
}

// ResellerName names a tenant.
type ResellerName struct {
	ID    string `db:"id"`
	Login string `db:"login"`
}

// ResellerTree names a reseller, and after it all its sub-resellers.
func (tx *Tx) ResellerTree(ctx context.Context, id string) ([]ResellerName, error) {
	return selectAll[ResellerName](ctx, tx, `WITH RECURSIVE tree (id, login) AS (
		SELECT id, login FROM resellers WHERE id = $1
		UNION SELECT r.id, r.login FROM resellers r JOIN tree t ON r.parent_id = t.id)
		SELECT id, login FROM tree ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END, id`, id)
}
