package store_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func TestLedgerRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			require.NoError(t, tx.OpenBalance(ctx, licensing.Balance{ResellerID: owner, Currency: "EUR", Amount: 999, CreditLimit: 50}))
			entry := func(n int, kind licensing.EntryKind, amount int64) licensing.LedgerEntry {
				return licensing.LedgerEntry{
					ID: fmt.Sprintf("led_%d", n), ResellerID: owner, Currency: "EUR", Kind: kind, Amount: amount, OrderID: order, Note: "n", CreatedAt: now,
				}
			}
			first, err := tx.Post(ctx, entry(1, licensing.EntryDeposit, 100))
			require.NoError(t, err)
			require.EqualValues(t, 100, first.Balance)
			requireFull(t, first)
			second, err := tx.Post(ctx, entry(2, licensing.EntryPurchase, -150))
			require.NoError(t, err)
			require.EqualValues(t, -50, second.Balance)
			_, err = tx.Post(ctx, entry(3, licensing.EntryPurchase, -1))
			require.ErrorIs(t, err, store.ErrBelowLimit)
			none := entry(3, licensing.EntryDeposit, 1)
			none.Currency = "USD"
			_, err = tx.Post(ctx, none)
			require.ErrorIs(t, err, store.ErrBelowLimit)

			entries, err := tx.LedgerEntries(ctx, owner, "", store.Page{Limit: 10})
			require.NoError(t, err)
			require.Equal(t, []licensing.LedgerEntry{second, first}, entries)
			entries, err = tx.LedgerEntries(ctx, owner, "USD", store.Page{Limit: 10})
			require.NoError(t, err)
			require.Empty(t, entries)
			sums, err := tx.LedgerSums(ctx, owner)
			require.NoError(t, err)
			require.Equal(t, []store.LedgerSum{
				{Currency: "EUR", Kind: licensing.EntryDeposit, Amount: 100, Entries: 1},
				{Currency: "EUR", Kind: licensing.EntryPurchase, Amount: -150, Entries: 1},
			}, sums)

			// A second opening moves the limit and leaves the money.
			require.NoError(t, tx.OpenBalance(ctx, licensing.Balance{ResellerID: owner, Currency: "EUR", CreditLimit: 80}))
			balances, err := tx.Balances(ctx, owner)
			require.NoError(t, err)
			require.Equal(t, []licensing.Balance{{ResellerID: owner, Currency: "EUR", Amount: -50, CreditLimit: 80}}, balances)
			return nil
		})
	})
}

func TestKeyRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			require.NoError(t, tx.InsertLicense(ctx, aLicense("lic_1", owner)))
			with, without := aKey("key_1", owner), aKey("key_2", owner)
			with.LicenseID, without.Name = "lic_1", ""
			requireFull(t, with)
			require.NoError(t, tx.InsertKeys(ctx, []licensing.Key{without, with}))
			for _, want := range []*licensing.Key{&with, &without} {
				got, err := tx.KeyByID(ctx, want.ID)
				require.NoError(t, err)
				require.Positive(t, got.Seq)
				want.Seq = got.Seq
				require.Equal(t, *want, got)
				got, err = tx.KeyByCode(ctx, want.Code)
				require.NoError(t, err)
				require.Equal(t, *want, got)
			}
			_, err := tx.KeyByID(ctx, "key_none")
			require.ErrorIs(t, err, store.ErrNotFound)
			_, err = tx.KeyByCode(ctx, "none")
			require.ErrorIs(t, err, store.ErrNotFound)
			list, err := tx.Keys(ctx, store.KeyFilter{Resellers: []string{owner}}, store.Page{Limit: 10})
			require.NoError(t, err)
			require.Equal(t, []licensing.Key{without, with}, list)

			taken := aKey("key_3", stranger)
			taken.Code = with.Code
			err = tx.Nested(ctx, func() error { return tx.InsertKeys(ctx, []licensing.Key{aKey("key_4", stranger), taken}) })
			require.ErrorIs(t, err, store.ErrExists)
			_, err = tx.KeyByID(ctx, "key_4")
			require.ErrorIs(t, err, store.ErrNotFound)
			return tx.InsertKeys(ctx, nil)
		})
	})
}

func TestInsertManyKeys(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		const n = 10_000
		keys := make([]licensing.Key, n)
		for i := range keys {
			keys[i] = aKey(fmt.Sprintf("key_%05d", i), owner)
			keys[i].Code = fmt.Sprintf("%05d", i*7919%n)
		}
		update(t, s, func(tx *store.Tx) error { return tx.InsertKeys(ctx, keys) })
		update(t, s, func(tx *store.Tx) error {
			page, err := tx.Keys(ctx, store.KeyFilter{Resellers: []string{owner}}, store.Page{Limit: n + 1})
			require.NoError(t, err)
			require.Len(t, page, n)
			require.Equal(t, "09999", page[0].Code, "a batch goes in by code, and the last in comes first")
			k, err := tx.KeyByID(ctx, "key_00003")
			require.NoError(t, err)
			require.Equal(t, fmt.Sprintf("%05d", 3*7919%n), k.Code)
			return nil
		})
	})
}

func TestEventRoundTrip(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			first := licensing.Event{
				ID: "evt_1", ResellerID: owner, TokenID: "tok_1", Type: "license.added", Actor: "a", ResourceID: "lic_1", LicenseID: "lic_1", CompanyID: company, OrderID: order, RequestID: "req", Data: `{"a":"é"}`, CreatedAt: now,
			}
			requireFull(t, first)
			second := first
			second.ID, second.ResellerID = "evt_2", ""
			require.NoError(t, tx.InsertEvent(ctx, second))
			require.NoError(t, tx.InsertEvent(ctx, first))
			got, err := tx.Events(ctx, "lic_1")
			require.NoError(t, err)
			require.Equal(t, []licensing.Event{first, second}, got)
			return nil
		})
	})
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			_, ours, err := tx.Claim(ctx, owner, "key", "hash", now)
			require.NoError(t, err)
			require.True(t, ours)
			return tx.Answered(ctx, owner, "key", `{"id":1}`)
		})
		update(t, s, func(tx *store.Tx) error {
			before, ours, err := tx.Claim(ctx, owner, "key", "another", later)
			require.NoError(t, err)
			require.False(t, ours)
			require.Equal(t, store.Replay{RequestHash: "hash", Response: `{"id":1}`}, before)
			_, ours, err = tx.Claim(ctx, stranger, "key", "hash", later)
			require.NoError(t, err)
			require.True(t, ours)
			n, err := tx.ForgetAnswers(ctx, later)
			require.NoError(t, err)
			require.EqualValues(t, 1, n)
			_, ours, err = tx.Claim(ctx, owner, "key", "hash", later)
			require.True(t, ours)
			return err
		})
	})
}
