package store

import (
	"context"

	"github.com/jmoiron/sqlx"

	"github.com/resell-cli/resell/internal/licensing"
)

// touched selects the licenses that orders made, changed, or whose parts they did: its
// two arguments are the ids of the orders.
const touched = `(SELECT order_id AS touching, id AS license_id FROM licenses WHERE order_id IN (?)
	UNION SELECT order_id, license_id FROM order_lines WHERE order_id IN (?)) t`

// OrderLicenses gives the licenses that orders made or changed, oldest first, by the
// order's id.
func (tx *Tx) OrderLicenses(ctx context.Context, orders ...string) (map[string][]licensing.License, error) {
	if len(orders) == 0 {
		return nil, nil //nolint:nilnil // no orders have no licenses
	}
	query, args, err := sqlx.In("SELECT t.touching, "+licenseColumns()+licenseJoins+" JOIN "+touched+" ON t.license_id = l.id ORDER BY l.id", orders, orders)
	if err != nil {
		return nil, err
	}
	rows, err := selectAll[struct {
		Touching string `db:"touching"`
		licensing.License
	}](ctx, tx, tx.Rebind(query), args...)
	if err != nil {
		return nil, err
	}
	licenses := make([]licensing.License, len(rows))
	for i, row := range rows {
		licenses[i] = row.License
	}
	if err := tx.complete(ctx, licenses); err != nil {
		return nil, err
	}
	byOrder := make(map[string][]licensing.License, len(orders))
	for i, row := range rows {
		byOrder[row.Touching] = append(byOrder[row.Touching], licenses[i])
	}
	return byOrder, nil
}

// LaterOrders gives, by the order's id, the number of the newest order since that
// changed one of the order's licenses and was not refunded.
func (tx *Tx) LaterOrders(ctx context.Context, orders ...string) (map[string]string, error) {
	if len(orders) == 0 {
		return nil, nil //nolint:nilnil // nothing is later than no orders
	}
	query, args, err := sqlx.In(`SELECT DISTINCT t.touching, o.id, o.number FROM `+touched+`
		JOIN order_lines x ON x.license_id = t.license_id JOIN orders o ON o.id = x.order_id
		WHERE o.id > t.touching AND o.state = 'processed' ORDER BY o.id`, orders, orders)
	if err != nil {
		return nil, err
	}
	rows, err := selectAll[struct {
		Touching string `db:"touching"`
		ID       string `db:"id"`
		Number   string `db:"number"`
	}](ctx, tx, tx.Rebind(query), args...)
	newest := make(map[string]string, len(rows))
	for _, row := range rows {
		newest[row.Touching] = row.Number
	}
	return newest, err
}
