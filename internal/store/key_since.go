package store

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// KeyMark is a place in the order in which keys were inserted: that of one key. The id
// tells whether the database still has that key there, or was put back to a state before
// it.
type KeyMark struct {
	Seq int64  `db:"seq"`
	ID  string `db:"id"`
}

// LastKey gives the place of the last key that resellers have; none at all is the zero
// KeyMark.
func (tx *Tx) LastKey(ctx context.Context, resellers []string) (KeyMark, error) {
	var c conditions
	query := fmt.Sprintf(`SELECT k.seq, k.id FROM keys k WHERE k.seq = (SELECT max(last) FROM (
		SELECT (SELECT max(x.seq) FROM keys x WHERE x.reseller_id = r.id) AS last FROM resellers r WHERE %s) y)`, in(&c, "r.id", resellers))
	mark, err := get[KeyMark](ctx, tx, query, c.args...)
	if IsNotFound(err) {
		return KeyMark{}, nil
	}
	return mark, err
}

// HasKeyAt reports whether a key is still where it was.
func (tx *Tx) HasKeyAt(ctx context.Context, mark KeyMark) (bool, error) {
	n, err := get[int64](ctx, tx, "SELECT count(*) FROM keys WHERE seq = $1 AND id = $2", mark.Seq, mark.ID)
	return n == 1, err
}

// settleEvery is how long SettleKeys waits before it looks again.
const settleEvery = 20 * time.Millisecond

// SettleKeys waits until every change of keys that is under way has ended, and for none
// that begins later. After it there comes no key any more before one that could be seen
// when it was called: PostgreSQL gives out the numbers when keys are inserted, and a
// transaction that was given the lower ones may end after one with higher ones. Nobody
// is kept from writing meanwhile. SQLite has one writer at a time, and its keys are in
// the order in which they became visible.
func (s *Store) SettleKeys(ctx context.Context) error {
	if s.dialect != Postgres {
		return nil
	}
	// Whoever has inserted a key holds this lock on the table until it ends.
	const writers = `SELECT virtualtransaction FROM pg_locks
		WHERE locktype = 'relation' AND relation = 'keys'::regclass AND mode = 'RowExclusiveLock' AND granted
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
	var first []string
	if err := s.read.SelectContext(ctx, &first, writers); err != nil {
		return fmt.Errorf("look for unfinished keys: %w", err)
	}
	for len(first) > 0 {
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for unfinished keys: %w", ctx.Err())
		case <-time.After(settleEvery):
		}
		var still []string
		if err := s.read.SelectContext(ctx, &still, writers); err != nil {
			return fmt.Errorf("look for unfinished keys: %w", err)
		}
		first = slices.DeleteFunc(first, func(id string) bool { return !slices.Contains(still, id) })
	}
	return nil
}
