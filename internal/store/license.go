package store

import (
	"context"
	"maps"
	"slices"

	"github.com/jmoiron/sqlx"

	"github.com/resell-cli/resell/internal/licensing"
)

// LicenseFilter chooses licenses. Resellers must name at least one; empty fields
// choose nothing out. Today is the day on which State is meant.
type LicenseFilter struct {
	Resellers  []string
	Today      licensing.Date
	CompanyID  string
	ProductID  string
	Kind       string
	Order      string // id or number
	State      string
	Billing    string
	EndsFrom   licensing.Date // ends on or after
	EndsBefore licensing.Date
	Search     string
	IDs        []string // nil is all
}

// licenseState is licensing.License.State in SQL: the store's tests hold the two together.
// Its one argument is the current date.
const licenseState = `CASE
	WHEN l.refunded_at IS NOT NULL THEN 'refunded'
	WHEN l.deleted_at IS NOT NULL THEN 'deleted'
	WHEN l.paused_at IS NOT NULL THEN 'paused'
	WHEN l.ends_on <= %s THEN 'expired'
	WHEN l.activated_at IS NOT NULL THEN 'active'
	WHEN l.company_id IS NOT NULL THEN 'assigned'
	ELSE 'available' END`

const licenseJoins = ` FROM licenses l
	JOIN products p ON p.id = l.product_id
	JOIN orders o ON o.id = l.order_id
	LEFT JOIN companies c ON c.id = l.company_id`

func selectLicense() string { return "SELECT " + licenseColumns() + licenseJoins }

func licenseColumns() string {
	return columnsOf[licensing.License]("l") + `, c.name AS company_name, c.domain AS company_domain,
		p.sku AS product_sku, p.name AS product_name, p.kind AS product_kind, p.refund_days, o.number AS order_number, o.created_at AS ordered_at`
}

func (f LicenseFilter) conditions() *conditions { return f.restrict(&conditions{}) }

func (f LicenseFilter) restrict(c *conditions) *conditions {
	c.among("l.reseller_id", f.Resellers)
	c.equal("l.company_id", f.CompanyID)
	c.equal("l.product_id", f.ProductID)
	c.equal("p.kind", f.Kind)
	c.equal("l.billing", f.Billing)
	if f.IDs != nil {
		c.among("l.id", f.IDs)
	}
	if f.Order != "" {
		c.add("(o.id = %s OR o.number = %s)", f.Order, f.Order)
	}
	if f.State != "" {
		c.add(licenseState+" = %s", f.Today, f.State)
	}
	return f.ends("l.ends_on", c)
}

// ends adds what there is to be said of a column with the end of a license.
func (f LicenseFilter) ends(column string, c *conditions) *conditions {
	if f.State == string(licensing.StateExpired) {
		c.add(column+" <= %s", f.Today)
	}
	if !f.EndsFrom.IsZero() {
		c.add(column+" >= %s", f.EndsFrom)
	}
	if !f.EndsBefore.IsZero() {
		c.add(column+" < %s", f.EndsBefore)
	}
	return c
}

// Licenses lists licenses, newest first.
func (tx *Tx) Licenses(ctx context.Context, f LicenseFilter, p Page) ([]licensing.License, error) {
	found, err := listed(ctx, tx, f.finder(tx.dialect), p, func(rest string, args []any) ([]licensing.License, error) {
		return selectAll[licensing.License](ctx, tx, selectLicense()+rest, args...)
	})
	if err != nil {
		return nil, err
	}
	return found, tx.complete(ctx, found)
}

// License gives a license by id or coupon.
func (tx *Tx) License(ctx context.Context, ref string) (licensing.License, error) {
	return tx.license(ctx, ref, "")
}

// LicenseForUpdate gives a license by id or coupon and keeps others from changing
// it until the transaction ends.
func (tx *Tx) LicenseForUpdate(ctx context.Context, ref string) (licensing.License, error) {
	return tx.license(ctx, ref, tx.forUpdate("l"))
}

// LicensesByID gives licenses by their ids.
func (tx *Tx) LicensesByID(ctx context.Context, ids []string) (map[string]licensing.License, error) {
	byID := make(map[string]licensing.License)
	if len(ids) == 0 {
		return byID, nil
	}
	query, args, err := sqlx.In(selectLicense()+" WHERE l.id IN (?)", ids)
	if err != nil {
		return nil, err
	}
	found, err := selectAll[licensing.License](ctx, tx, tx.Rebind(query), args...)
	if err != nil {
		return nil, err
	}
	if err := tx.complete(ctx, found); err != nil {
		return nil, err
	}
	for _, l := range found {
		byID[l.ID] = l
	}
	return byID, nil
}

func (tx *Tx) license(ctx context.Context, ref, lock string) (licensing.License, error) {
	found, err := selectAll[licensing.License](ctx, tx, selectLicense()+" WHERE l.id = $1 OR l.coupon = $1"+lock, ref)
	if err != nil {
		return licensing.License{}, err
	}
	if len(found) != 1 {
		return licensing.License{}, ErrNotFound
	}
	return found[0], tx.complete(ctx, found)
}

// complete adds to licenses what is kept in other tables, with one statement for each
// of those.
func (tx *Tx) complete(ctx context.Context, licenses []licensing.License) error {
	if err := tx.addReordered(ctx, licenses); err != nil {
		return err
	}
	return tx.addSerials(ctx, licenses)
}

// addReordered marks the licenses of orders whose licenses an order since has changed.
func (tx *Tx) addReordered(ctx context.Context, licenses []licensing.License) error {
	if len(licenses) == 0 {
		return nil
	}
	orders := make(map[string]bool, len(licenses))
	for _, l := range licenses {
		orders[l.OrderID] = false
	}
	query, args, err := sqlx.In(`SELECT DISTINCT y.order_id FROM licenses y
		JOIN order_lines x ON x.license_id = y.id AND x.order_id > y.order_id JOIN orders n ON n.id = x.order_id
		WHERE y.order_id IN (?) AND n.state = 'processed'`, slices.Collect(maps.Keys(orders)))
	if err != nil {
		return err
	}
	reordered, err := selectAll[string](ctx, tx, tx.Rebind(query), args...)
	for _, order := range reordered {
		orders[order] = true
	}
	for i := range licenses {
		licenses[i].Reordered = orders[licenses[i].OrderID]
	}
	return err
}

func (tx *Tx) addSerials(ctx context.Context, licenses []licensing.License) error {
	byID := make(map[string]*licensing.License)
	var ids []string
	for i := range licenses {
		if licenses[i].ProductKind == licensing.KindDevice {
			byID[licenses[i].ID] = &licenses[i]
			ids = append(ids, licenses[i].ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	query, args, err := sqlx.In("SELECT license_id, serial FROM license_serials WHERE license_id IN (?) ORDER BY serial", ids)
	if err != nil {
		return err
	}
	rows, err := selectAll[struct {
		LicenseID string `db:"license_id"`
		Serial    string `db:"serial"`
	}](ctx, tx, tx.Rebind(query), args...)
	for _, r := range rows {
		l := byID[r.LicenseID]
		l.Serials = append(l.Serials, r.Serial)
	}
	return err
}

// InsertLicense adds a license with its serials. It fails with ErrExists where the
// coupon is taken or the product has one of the serials.
func (tx *Tx) InsertLicense(ctx context.Context, l licensing.License) error {
	l.SearchText = licenseSearchText(l)
	if err := insert(ctx, tx, "licenses", l); err != nil {
		return err
	}
	for _, serial := range l.Serials {
		if _, err := tx.ExecContext(ctx, "INSERT INTO license_serials (product_id, serial, license_id) VALUES ($1, $2, $3)", l.ProductID, serial, l.ID); err != nil {
			return translate(err)
		}
	}
	return nil
}

// UpdateLicense changes a license.
func (tx *Tx) UpdateLicense(ctx context.Context, l licensing.License) error {
	l.SearchText = licenseSearchText(l)
	return update(ctx, tx, "licenses", l)
}

func licenseSearchText(l licensing.License) string {
	return searchText(append([]string{l.Coupon, l.Name, l.Note, l.Email, l.InvoiceReference, l.Distributor, l.OrderNumber}, l.Serials...)...)
}

// SerialTaken tells which of the serials a product has already, if any.
func (tx *Tx) SerialTaken(ctx context.Context, product string, serials []string) (string, error) {
	for _, s := range serials {
		found, err := selectAll[string](ctx, tx, "SELECT serial FROM license_serials WHERE product_id = $1 AND serial = $2", product, s)
		if err != nil || len(found) > 0 {
			return s, err
		}
	}
	return "", nil
}

// FreeSerials lets go of the serial numbers of a license.
func (tx *Tx) FreeSerials(ctx context.Context, license string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM license_serials WHERE license_id = $1", license)
	return translate(err)
}

// HadDevice tells whether a license has or has had a device.
func (tx *Tx) HadDevice(ctx context.Context, license string) (bool, error) {
	n, err := get[int](ctx, tx, "SELECT count(*) FROM devices WHERE license_id = $1", license)
	return n > 0, err
}

// InsertTrial remembers that a company has had a trial of a product. It fails
// with ErrExists where it had one.
func (tx *Tx) InsertTrial(ctx context.Context, company, product, license string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO trials (company_id, product_id, license_id) VALUES ($1, $2, $3)", company, product, license)
	return translate(err)
}

// HasTrial tells whether a company has had a trial of a product.
func (tx *Tx) HasTrial(ctx context.Context, company, product string) (bool, error) {
	n, err := get[int](ctx, tx, "SELECT count(*) FROM trials WHERE company_id = $1 AND product_id = $2", company, product)
	return n > 0, err
}

// QuantityInUse adds up what a company has of a product and is not over on a day,
// and how much of that ends before a later day.
func (tx *Tx) QuantityInUse(ctx context.Context, company, product string, today, before licensing.Date) (existing, ending int64, err error) {
	row, err := get[struct {
		Existing int64 `db:"existing"`
		Ending   int64 `db:"ending"`
	}](ctx, tx, `SELECT CAST(coalesce(sum(quantity), 0) AS BIGINT) AS existing,
		CAST(coalesce(sum(CASE WHEN ends_on < $4 THEN quantity ELSE 0 END), 0) AS BIGINT) AS ending
		FROM licenses WHERE company_id = $1 AND product_id = $2 AND refunded_at IS NULL AND deleted_at IS NULL
		AND (ends_on IS NULL OR ends_on > $3)`, company, product, today, before)
	return row.Existing, row.Ending, err
}

// TakeSeats gives seats of a license to keys. It reports false where the license
// has not so many left.
func (tx *Tx) TakeSeats(ctx context.Context, license string, seats int64) (bool, error) {
	result, err := tx.ExecContext(ctx, "UPDATE licenses SET key_seats = key_seats + $1 WHERE id = $2 AND key_seats + $1 <= quantity", seats, license)
	if err != nil {
		return false, translate(err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}
