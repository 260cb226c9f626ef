package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func lastKey(t *testing.T, s *store.Store, resellers ...string) store.KeyMark {
	t.Helper()
	return view(t, s, func(ctx context.Context, tx *store.Tx) (store.KeyMark, error) { return tx.LastKey(ctx, resellers) })
}

// idsBetween are the ids of an export between two marks.
func idsBetween(t *testing.T, s *store.Store, first, last store.KeyMark) []string {
	t.Helper()
	var all []string
	for _, row := range stream(t, s, store.ExportKeys(store.KeyFilter{Resellers: []string{owner, child}, After: first.Seq, Until: last.Seq})) {
		all = append(all, row["id"])
	}
	return all
}

func TestKeysSince(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		require.Zero(t, lastKey(t, s, owner, child))
		require.Empty(t, idsBetween(t, s, store.KeyMark{}, store.KeyMark{Seq: -1}))
		fill(t, s)
		first := lastKey(t, s, owner, child)
		require.Equal(t, "key_6", first.ID)
		require.Equal(t, "key_5", lastKey(t, s, stranger).ID)
		require.Zero(t, lastKey(t, s))
		require.Len(t, idsBetween(t, s, store.KeyMark{}, first), 5)

		update(t, s, func(tx *store.Tx) error {
			licensed := aKey("key_8", child)
			licensed.LicenseID = "lic_1"
			require.NoError(t, tx.AddKeyLicense(ctx, aKey("key_3", owner), "lic_0", now)) // an old key is not new by that
			return tx.InsertKeys(ctx, []licensing.Key{licensed, aKey("key_7", owner), aKey("key_9", stranger)})
		})
		second := lastKey(t, s, owner, child)
		require.ElementsMatch(t, []string{"key_7", "key_8"}, idsBetween(t, s, first, second))
		require.Empty(t, idsBetween(t, s, second, second))
		has := view(t, s, func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.HasKeyAt(ctx, second) })
		require.True(t, has)
		second.ID = "key_other"
		has = view(t, s, func(ctx context.Context, tx *store.Tx) (bool, error) { return tx.HasKeyAt(ctx, second) })
		require.False(t, has)
	})
}

// A transaction that was given lower numbers and ends later than one with higher ones
// is waited for: an export up to the higher ones would pass its keys over for ever.
func TestSettleKeysWaits(t *testing.T) {
	t.Parallel()
	s := open(t, postgresDSN(t))
	require.NoError(t, s.Migrate(t.Context()))
	seed(t, s)
	ctx := t.Context()
	inserted, finish, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- s.Update(ctx, func(tx *store.Tx) error {
			if err := tx.InsertKeys(ctx, []licensing.Key{aKey("key_slow", owner)}); err != nil {
				return err
			}
			close(inserted)
			<-finish
			return nil
		})
	}()
	<-inserted
	update(t, s, func(tx *store.Tx) error { return tx.InsertKeys(ctx, []licensing.Key{aKey("key_quick", owner)}) })
	last := lastKey(t, s, owner)
	require.Equal(t, "key_quick", last.ID)
	require.Equal(t, []string{"key_quick"}, idsBetween(t, s, store.KeyMark{}, last), "what the wait is for")

	short, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, s.SettleKeys(short), context.DeadlineExceeded)

	settled := make(chan error, 1)
	go func() { settled <- s.SettleKeys(ctx) }()
	close(finish)
	require.NoError(t, <-ended)
	require.NoError(t, <-settled)
	require.Equal(t, []string{"key_slow", "key_quick"}, idsBetween(t, s, store.KeyMark{}, last))
}
