package store

import (
	"context"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
)

// SetResellerProducts says what a reseller may sell, by the ids of the products;
// without any it may sell everything that its parent may.
func (tx *Tx) SetResellerProducts(ctx context.Context, reseller string, products []string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM reseller_products WHERE reseller_id = $1", reseller); err != nil {
		return translate(err)
	}
	for _, product := range products {
		if _, err := tx.ExecContext(ctx, "INSERT INTO reseller_products (reseller_id, product_id) VALUES ($1, $2)", reseller, product); err != nil {
			return translate(err)
		}
	}
	return nil
}

// ResellerProducts gives the ids of the products that a reseller is limited to;
// none where it is not limited.
func (tx *Tx) ResellerProducts(ctx context.Context, reseller string) ([]string, error) {
	return selectAll[string](ctx, tx, "SELECT product_id FROM reseller_products WHERE reseller_id = $1 ORDER BY product_id", reseller)
}

// ResellersProducts gives the products that each of several resellers is limited to, by
// the reseller's id and in the order of their SKUs.
func (tx *Tx) ResellersProducts(ctx context.Context, resellers []string) (map[string][]licensing.Product, error) {
	var c conditions
	c.among("x.reseller_id", resellers)
	rows, err := selectAll[struct {
		ResellerID string `db:"reseller_id"`
		licensing.Product
	}](ctx, tx, "SELECT x.reseller_id, "+columnsOf[licensing.Product]("p")+
		" FROM reseller_products x JOIN products p ON p.id = x.product_id"+c.String()+" ORDER BY p.sku", c.args...)
	products := make(map[string][]licensing.Product)
	for _, r := range rows {
		products[r.ResellerID] = append(products[r.ResellerID], r.Product)
	}
	return products, err
}

// MaySell tells whether a product, by its id, is among what a reseller and each of
// its parents may sell: taking a product from a parent takes it from its
// sub-resellers.
func (tx *Tx) MaySell(ctx context.Context, reseller, product string) (bool, error) {
	refusing, err := get[int64](ctx, tx, "SELECT count(*) FROM ("+fmt.Sprintf(refusing, "$1", "$2")+") AS refusing", reseller, product)
	return refusing == 0, err
}

// refusing selects those among a reseller and its parents who are limited, and not
// to a product: the arguments are the reseller's id and the product's.
const refusing = `WITH RECURSIVE line (id, parent_id) AS (
	SELECT id, parent_id FROM resellers WHERE id = %s
	UNION SELECT r.id, r.parent_id FROM resellers r JOIN line l ON r.id = l.parent_id)
	SELECT 1 FROM line l
	WHERE EXISTS (SELECT 1 FROM reseller_products x WHERE x.reseller_id = l.id)
	AND NOT EXISTS (SELECT 1 FROM reseller_products x WHERE x.reseller_id = l.id AND x.product_id = %s)`
