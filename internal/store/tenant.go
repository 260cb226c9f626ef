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
