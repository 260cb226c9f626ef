package store

import (
	"context"
	"errors"

	"github.com/resell-cli/resell/internal/licensing"
)

// ErrBelowLimit is returned where a balance would fall below its limit.
var ErrBelowLimit = errors.New("the balance would fall below its limit")

// Post writes an entry into the ledger and moves the balance by its amount, both
// or neither. It returns the entry with the balance after it, and fails with
// ErrBelowLimit, having changed nothing. Concurrent posts wait for each other.
func (tx *Tx) Post(ctx context.Context, e licensing.LedgerEntry) (licensing.LedgerEntry, error) {
	after, err := get[int64](ctx, tx, `UPDATE balances SET amount = amount + $1
		WHERE reseller_id = $2 AND currency = $3 AND amount + $1 >= -credit_limit RETURNING amount`,
		e.Amount, e.ResellerID, e.Currency)
	if errors.Is(err, ErrNotFound) {
		return e, ErrBelowLimit
	}
	if err != nil {
		return e, err
	}
	e.Balance = after
	return e, insert(ctx, tx, "ledger", e)
}

// OpenBalance makes sure that a reseller has an account in a currency.
func (tx *Tx) OpenBalance(ctx context.Context, b licensing.Balance) error {
	_, err := tx.NamedExecContext(ctx, `INSERT INTO balances (reseller_id, currency, amount, credit_limit)
		VALUES (:reseller_id, :currency, 0, :credit_limit)
		ON CONFLICT (reseller_id, currency) DO UPDATE SET credit_limit = excluded.credit_limit`, b)
	return translate(err)
}

// EnsureBalance makes sure that a reseller has an account in a currency; one that there
// is keeps its credit limit, a new one has none.
func (tx *Tx) EnsureBalance(ctx context.Context, reseller, currency string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO balances (reseller_id, currency, amount, credit_limit) VALUES ($1, $2, 0, 0)
		ON CONFLICT (reseller_id, currency) DO NOTHING`, reseller, currency)
	return translate(err)
}

// Balances gives what a reseller has in each currency.
func (tx *Tx) Balances(ctx context.Context, reseller string) ([]licensing.Balance, error) {
	return selectAll[licensing.Balance](ctx, tx,
		"SELECT "+columnsOf[licensing.Balance]("b")+" FROM balances b WHERE b.reseller_id = $1 ORDER BY b.currency", reseller)
}

// LedgerSum is the sum of the entries of one kind in one currency.
type LedgerSum struct {
	Currency string              `db:"currency"`
	Kind     licensing.EntryKind `db:"kind"`
	Amount   int64               `db:"amount"`
	Entries  int64               `db:"entries"`
}

// LedgerSums adds up a reseller's ledger.
func (tx *Tx) LedgerSums(ctx context.Context, reseller string) ([]LedgerSum, error) {
	return selectAll[LedgerSum](ctx, tx, `SELECT currency, kind, CAST(sum(amount) AS BIGINT) AS amount, count(*) AS entries
		FROM ledger WHERE reseller_id = $1 GROUP BY currency, kind ORDER BY currency, kind`, reseller)
}

// LedgerEntries lists a reseller's ledger, newest first.
func (tx *Tx) LedgerEntries(ctx context.Context, reseller, currency string, p Page) ([]licensing.LedgerEntry, error) {
	var c conditions
	c.add("e.reseller_id = %s", reseller)
	c.equal("e.currency", currency)
	rest := c.page("e.id", p)
	return selectAll[licensing.LedgerEntry](ctx, tx, "SELECT "+columnsOf[licensing.LedgerEntry]("e")+" FROM ledger e"+rest, c.args...)
}

// NextNumber counts up in a scope, without gaps: the count goes back when the
// transaction does, and concurrent transactions wait for each other.
func (tx *Tx) NextNumber(ctx context.Context, scope string) (int64, error) {
	return get[int64](ctx, tx, `INSERT INTO counters (scope, value) VALUES ($1, 1)
		ON CONFLICT (scope) DO UPDATE SET value = counters.value + 1 RETURNING value`, scope)
}
