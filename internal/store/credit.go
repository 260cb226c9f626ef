package store

import (
	"context"
	"errors"

	"github.com/resell-cli/resell/internal/licensing"
)

// PostCredits writes an entry into the credit ledger and moves the reseller's
// credits of the product by its amount, both or neither. What comes in opens the
// account where there is none yet. It returns the entry with the credits after it,
// and fails with ErrBelowLimit, having changed nothing. Concurrent posts wait for
// each other.
func (tx *Tx) PostCredits(ctx context.Context, e licensing.CreditEntry) (licensing.CreditEntry, error) {
	move := `UPDATE credits SET amount = amount + $3
		WHERE reseller_id = $1 AND product_id = $2 AND amount + $3 >= 0 RETURNING amount`
	if e.Amount >= 0 {
		move = `INSERT INTO credits (reseller_id, product_id, amount) VALUES ($1, $2, $3)
			ON CONFLICT (reseller_id, product_id) DO UPDATE SET amount = credits.amount + excluded.amount RETURNING amount`
	}
	after, err := get[int64](ctx, tx, move, e.ResellerID, e.ProductID, e.Amount)
	if errors.Is(err, ErrNotFound) {
		return e, ErrBelowLimit
	}
	if err != nil {
		return e, err
	}
	e.Balance = after
	return e, insert(ctx, tx, "credit_ledger", e)
}

// Credits gives what a reseller has of each product that it ever had credits of,
// by SKU.
func (tx *Tx) Credits(ctx context.Context, reseller string) ([]licensing.Credits, error) {
	return tx.CreditsOf(ctx, []string{reseller})
}

// CreditsOf is Credits for several resellers.
func (tx *Tx) CreditsOf(ctx context.Context, resellers []string) ([]licensing.Credits, error) {
	var c conditions
	c.among("x.reseller_id", resellers)
	return selectAll[licensing.Credits](ctx, tx, "SELECT "+columnsOf[licensing.Credits]("x")+`, p.sku AS product_sku
		FROM credits x JOIN products p ON p.id = x.product_id`+c.String()+" ORDER BY p.sku, x.reseller_id", c.args...)
}

// CreditSum is the sum of the entries of one kind of one product.
type CreditSum struct {
	ProductID string               `db:"product_id"`
	Kind      licensing.CreditKind `db:"kind"`
	Amount    int64                `db:"amount"`
	Entries   int64                `db:"entries"`
}

// CreditSums adds up a reseller's credit ledger.
func (tx *Tx) CreditSums(ctx context.Context, reseller string) ([]CreditSum, error) {
	return selectAll[CreditSum](ctx, tx, `SELECT product_id, kind, CAST(sum(amount) AS BIGINT) AS amount, count(*) AS entries
		FROM credit_ledger WHERE reseller_id = $1 GROUP BY product_id, kind ORDER BY product_id, kind`, reseller)
}

// CreditEntries lists a reseller's credit ledger, newest first; that of one
// product where its id is given.
func (tx *Tx) CreditEntries(ctx context.Context, reseller, product string, p Page) ([]licensing.CreditEntry, error) {
	var c conditions
	c.add("e.reseller_id = %s", reseller)
	c.equal("e.product_id", product)
	rest := c.page("e.id", p)
	return selectAll[licensing.CreditEntry](ctx, tx, "SELECT "+columnsOf[licensing.CreditEntry]("e")+`, p.sku AS product_sku, r.login AS peer_login
		FROM credit_ledger e JOIN products p ON p.id = e.product_id LEFT JOIN resellers r ON r.id = e.peer_id`+rest, c.args...)
}
