package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

func selectHistory() string {
	return "SELECT " + columnsOf[licensing.Event]("e") + `, l.coupon AS coupon, p.name AS product_name, c.name AS company_name, o.number AS order_number
		FROM events e
		LEFT JOIN licenses l ON l.id = e.license_id
		LEFT JOIN products p ON p.id = l.product_id
		LEFT JOIN companies c ON c.id = e.company_id
		LEFT JOIN orders o ON o.id = e.order_id`
}

// LicenseHistory lists the events of a license, newest first: its own, and those of
// the orders, and of the invoices to companies, that it is a line of. The vendor's
// invoices say no more than the orders that they bill.
func (tx *Tx) LicenseHistory(ctx context.Context, license string, p Page) ([]licensing.HistoryEntry, error) {
	var c conditions
	c.add(`e.id IN (SELECT id FROM events WHERE license_id = %s
		UNION SELECT v.id FROM events v WHERE v.resource_id IN (
			SELECT order_id FROM order_lines WHERE license_id = %s
			UNION SELECT x.invoice_id FROM invoice_lines x JOIN invoices i ON i.id = x.invoice_id
			WHERE x.license_id = %s AND i.company_id IS NOT NULL))`, license, license, license)
	rest := c.page("e.id", p)
	return selectAll[licensing.HistoryEntry](ctx, tx, selectHistory()+rest, c.args...)
}

// CompanyHistory lists the events of what a company has, newest first; not those of
// its own details.
func (tx *Tx) CompanyHistory(ctx context.Context, company string, p Page) ([]licensing.HistoryEntry, error) {
	var c conditions
	c.equal("e.company_id", company)
	c.add("(e.license_id IS NOT NULL OR e.order_id IS NOT NULL OR e.type LIKE 'invoice.%%')")
	rest := c.page("e.id", p)
	return selectAll[licensing.HistoryEntry](ctx, tx, selectHistory()+rest, c.args...)
}

// LicenseSubject tells whose a license is and which order made it.
func (tx *Tx) LicenseSubject(ctx context.Context, license string) (company, order licensing.Ref, err error) {
	row, err := get[struct {
		CompanyID licensing.Ref `db:"company_id"`
		OrderID   licensing.Ref `db:"order_id"`
	}](ctx, tx, "SELECT company_id, order_id FROM licenses WHERE id = $1", license)
	return row.CompanyID, row.OrderID, err
}
