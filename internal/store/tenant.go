package store

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
)

// Vendor gives the installation's settings. It fails with ErrNotFound before bootstrap.
func (tx *Tx) Vendor(ctx context.Context) (licensing.Vendor, error) {
	return get[licensing.Vendor](ctx, tx, "SELECT "+columnsOf[licensing.Vendor]("v")+" FROM vendor v")
}

// InsertVendor keeps the installation's settings. It fails with ErrExists after bootstrap.
func (tx *Tx) InsertVendor(ctx context.Context, v licensing.Vendor) error {
	names := columns(reflect.TypeFor[licensing.Vendor](), "")
	_, err := tx.NamedExecContext(ctx, fmt.Sprintf("INSERT INTO vendor (singleton, %s) VALUES (1, :%s)",
		strings.Join(names, ", "), strings.Join(names, ", :")), v)
	return translate(err)
}

// UpdateVendor changes what a catalogue says of the vendor.
func (tx *Tx) UpdateVendor(ctx context.Context, v licensing.Vendor) error {
	_, err := tx.NamedExecContext(ctx, `UPDATE vendor SET name = :name, time_zone = :time_zone, mail_from = :mail_from,
		address = :address, postal_code = :postal_code, city = :city, country = :country, vat_id = :vat_id, tax_rate = :tax_rate`, v)
	return translate(err)
}

// Reseller gives a tenant by id or login.
func (tx *Tx) Reseller(ctx context.Context, ref string) (licensing.Reseller, error) {
	return get[licensing.Reseller](ctx, tx,
		"SELECT "+columnsOf[licensing.Reseller]("r")+" FROM resellers r WHERE r.id = $1 OR r.login = $1", ref)
}

// InsertReseller adds a tenant.
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

// ResellerTree gives a reseller's id, and after it those of all its sub-resellers.
func (tx *Tx) ResellerTree(ctx context.Context, id string) ([]string, error) {
	return selectAll[string](ctx, tx, `WITH RECURSIVE tree (id) AS (
		SELECT id FROM resellers WHERE id = $1
		UNION SELECT r.id FROM resellers r JOIN tree t ON r.parent_id = t.id)
		SELECT id FROM tree ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END, id`, id)
}
