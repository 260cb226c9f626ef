package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
)

// Replay is what a request with an idempotency key answered.
type Replay struct {
	RequestHash string `db:"request_hash"`
	Response    string `db:"response"`
}

// Claim takes an idempotency key for this transaction. Where a committed request
// has it, Claim gives what that answered and reports false. Where one is under
// way, Claim waits for its end.
func (tx *Tx) Claim(ctx context.Context, owner, key, requestHash string, now licensing.Time) (Replay, bool, error) {
	result, err := tx.ExecContext(ctx, `INSERT INTO idempotency (owner, key, request_hash, response, created_at)
		VALUES ($1, $2, $3, '', $4) ON CONFLICT (owner, key) DO NOTHING`, owner, key, requestHash, now)
	if err != nil {
		return Replay{}, false, fmt.Errorf("claim idempotency key: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return Replay{}, n == 1, err
	}
	before, err := get[Replay](ctx, tx, "SELECT request_hash, response FROM idempotency WHERE owner = $1 AND key = $2", owner, key)
	return before, false, err
}

// Answered keeps what a request with a claimed key answers.
func (tx *Tx) Answered(ctx context.Context, owner, key, response string) error {
	_, err := tx.ExecContext(ctx, "UPDATE idempotency SET response = $1 WHERE owner = $2 AND key = $3", response, owner, key)
	return err
}

// ForgetAnswers drops what was answered before an instant, and tells how many.
func (tx *Tx) ForgetAnswers(ctx context.Context, before licensing.Time) (int64, error) {
	result, err := tx.ExecContext(ctx, "DELETE FROM idempotency WHERE created_at < $1", before)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// InsertEvent adds an entry to the audit log.
func (tx *Tx) InsertEvent(ctx context.Context, e licensing.Event) error {
	return insert(ctx, tx, "events", e)
}

// Events gives the audit log of one resource, oldest first.
func (tx *Tx) Events(ctx context.Context, resource string) ([]licensing.Event, error) {
	return selectAll[licensing.Event](ctx, tx, "SELECT "+columnsOf[licensing.Event]("e")+" FROM events e WHERE e.resource_id = $1 ORDER BY e.id", resource)
}

// IsNotFound reports whether an error means that there is no such row.
func IsNotFound(err error) bool { return errors.Is(err, ErrNotFound) }
