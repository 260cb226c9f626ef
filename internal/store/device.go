package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

// DeviceFilter chooses devices. Resellers must name at least one; empty fields choose
// nothing out.
type DeviceFilter struct {
	Resellers []string
	LicenseID string
	CompanyID string
	KeyID     string
	Serial    string
	Active    *bool
	Search    string
}

func (f DeviceFilter) conditions() *conditions {
	var c conditions
	c.among("d.reseller_id", f.Resellers)
	c.equal("d.license_id", f.LicenseID)
	c.equal("d.key_id", f.KeyID)
	c.equal("d.serial", f.Serial)
	c.equal("l.company_id", f.CompanyID)
	if f.Active != nil && *f.Active {
		c.terms = append(c.terms, "d.deactivated_at IS NULL")
	} else if f.Active != nil {
		c.terms = append(c.terms, "d.deactivated_at IS NOT NULL")
	}
	return &c
}

// finder finds devices by what they have, their license, its company and product, and
// the key that they were activated with have.
func (f DeviceFilter) finder(d Dialect) finder[string] {
	n := newNeedle(f.Search)
	keys := func(c *conditions) string { return selectAny("k.id", "keys k", c.keys(n, leastOfCode, false)...) }
	ways := n.ways(d,
		wayTo(d, "devices", "id", n, f.Resellers),
		way{query: keys}.through(hop{table: "devices", column: "key_id"}),
		way{query: func(c *conditions) string {
			return selectAny("y.id", "devices y", c.id("y.id", n))
		}})
	for _, w := range licenseWays(d, n, f.Resellers) {
		ways = append(ways, w.through(hop{table: "devices", column: "license_id"}))
	}
	return finder[string]{
		table: "devices", alias: "d", key: "id", resellers: f.Resellers, conditions: f.conditions, needle: n, ways: ways,
		narrow: f.LicenseID != "" || f.CompanyID != "" || f.KeyID != "" || f.Serial != "",
		has: func(c *conditions) string {
			return anyOf(c.like("d.search_text", n), c.id("d.id", n), "d.key_id IN ("+keys(c)+")", c.hasLicense(n))
		},
	}
}

func selectDevice() string {
	return "SELECT " + columnsOf[licensing.Device]("d") + `, l.company_id, k.code AS key_code
		FROM devices d JOIN licenses l ON l.id = d.license_id LEFT JOIN keys k ON k.id = d.key_id`
}

// Devices lists devices, those that were activated last first.
func (tx *Tx) Devices(ctx context.Context, f DeviceFilter, p Page) ([]licensing.Device, error) {
	return listed(ctx, tx, f.finder(tx.dialect), p, func(rest string, args []any) ([]licensing.Device, error) {
		return selectAll[licensing.Device](ctx, tx, selectDevice()+rest, args...)
	})
}

// Device gives a device by its id.
func (tx *Tx) Device(ctx context.Context, id string) (licensing.Device, error) {
	return get[licensing.Device](ctx, tx, selectDevice()+" WHERE d.id = $1", id)
}

// ActiveDevice gives the device of a license that is active under a serial number.
func (tx *Tx) ActiveDevice(ctx context.Context, license, serial string) (licensing.Device, error) {
	return get[licensing.Device](ctx, tx, selectDevice()+" WHERE d.license_id = $1 AND d.serial = $2 AND d.deactivated_at IS NULL", license, serial)
}

// ActiveDevicesOfKey gives what a key has active under a serial number, of each license
// that it unlocks.
func (tx *Tx) ActiveDevicesOfKey(ctx context.Context, key, serial string) ([]licensing.Device, error) {
	return selectAll[licensing.Device](ctx, tx,
		selectDevice()+" WHERE d.key_id = $1 AND d.serial = $2 AND d.deactivated_at IS NULL ORDER BY d.license_id", key, serial)
}

// InsertDevice adds an activation and counts it against the license's quantity. The
// license is locked: its row says how many devices there are. It fails with ErrExists
// where the license has the serial number active.
func (tx *Tx) InsertDevice(ctx context.Context, d licensing.Device) error {
	d.SearchText = searchText(d.Serial, d.Name)
	if err := insert(ctx, tx, "devices", d); err != nil {
		return err
	}
	return tx.countDevice(ctx, "licenses", d.LicenseID, 1)
}

// DeactivateDevice ends an activation and gives its place back to the license.
func (tx *Tx) DeactivateDevice(ctx context.Context, d licensing.Device) error {
	if _, err := tx.ExecContext(ctx, "UPDATE devices SET deactivated_at = $1 WHERE id = $2", d.DeactivatedAt, d.ID); err != nil {
		return translate(err)
	}
	return tx.countDevice(ctx, "licenses", d.LicenseID, -1)
}

// CountKeyDevice adds a serial number to those that a key has active, or with -1 takes
// one away. The key is locked.
func (tx *Tx) CountKeyDevice(ctx context.Context, key string, by int64) error {
	return tx.countDevice(ctx, "keys", key, by)
}

func (tx *Tx) countDevice(ctx context.Context, table, id string, by int64) error {
	_, err := tx.ExecContext(ctx, "UPDATE "+table+" SET devices = devices + $1 WHERE id = $2", by, id)
	return translate(err)
}
