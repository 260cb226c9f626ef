package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

func selectQuote() string {
	return "SELECT " + columnsOf[licensing.Quote]("q") + " FROM quotes q WHERE q.id = $1"
}

// Quote gives a quote by its id.
func (tx *Tx) Quote(ctx context.Context, id string) (licensing.Quote, error) {
	return get[licensing.Quote](ctx, tx, selectQuote(), id)
}

// QuoteForUpdate gives a quote by its id and keeps others from buying it until the
// transaction ends.
func (tx *Tx) QuoteForUpdate(ctx context.Context, id string) (licensing.Quote, error) {
	return get[licensing.Quote](ctx, tx, selectQuote()+tx.forUpdate("q"), id)
}

// InsertQuote adds a quote.
func (tx *Tx) InsertQuote(ctx context.Context, q licensing.Quote) error {
	return insert(ctx, tx, "quotes", q)
}

// SetQuoteOrder notes the order that bought a quote.
func (tx *Tx) SetQuoteOrder(ctx context.Context, id, order string) error {
	_, err := tx.ExecContext(ctx, "UPDATE quotes SET order_id = $1 WHERE id = $2", order, id)
	return translate(err)
}

// ForgetQuotes drops quotes that nobody bought and that expired before an instant.
func (tx *Tx) ForgetQuotes(ctx context.Context, before licensing.Time) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM quotes WHERE order_id IS NULL AND expires_at < $1", before)
	return translate(err)
}
