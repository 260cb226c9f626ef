package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func TestPostAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			require.NoError(t, tx.OpenBalance(ctx, licensing.Balance{ResellerID: owner, Currency: "EUR", CreditLimit: 30}))
			_, err := tx.Post(ctx, licensing.LedgerEntry{ID: "led_0", ResellerID: owner, Currency: "EUR", Kind: licensing.EntryDeposit, Amount: 100, CreatedAt: now})
			return err
		})
		var refused, posted atomic.Int64
		var group errgroup.Group
		for worker := range 16 {
			group.Go(func() error {
				for n := range 5 {
					err := s.Update(ctx, func(tx *store.Tx) error {
						_, err := tx.Post(ctx, licensing.LedgerEntry{
							ID: fmt.Sprintf("led_%d_%d", worker, n), ResellerID: owner, Currency: "EUR", Kind: licensing.EntryPurchase, Amount: -7, CreatedAt: now,
						})
						return err
					})
					switch {
					case errors.Is(err, store.ErrBelowLimit):
						refused.Add(1)
					case err != nil:
						return err
					default:
						posted.Add(1)
					}
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, 18, posted.Load()) // 130 / 7
		require.EqualValues(t, 62, refused.Load())
		entries := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.LedgerEntry, error) {
			return tx.LedgerEntries(ctx, owner, "EUR", store.Page{Limit: 100})
		})
		seen, sum := map[int64]bool{}, int64(0)
		for _, e := range entries {
			require.False(t, seen[e.Balance], "two entries left the same balance")
			require.GreaterOrEqual(t, e.Balance, int64(-30))
			seen[e.Balance] = true
			sum += e.Amount
		}
		balances := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Balance, error) { return tx.Balances(ctx, owner) })
		require.EqualValues(t, 100-18*7, balances[0].Amount)
		require.Equal(t, sum, balances[0].Amount)
	})
}

func TestNextNumberHasNoGaps(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		var mu sync.Mutex
		given := map[int64]bool{}
		var group errgroup.Group
		for range 8 {
			group.Go(func() error {
				for n := range 10 {
					var number int64
					err := s.Update(ctx, func(tx *store.Tx) error {
						var err error
						if number, err = tx.NextNumber(ctx, "INV:2026"); err != nil || n%3 != 0 {
							return err
						}
						return errRefused
					})
					if errors.Is(err, errRefused) {
						continue
					}
					if err != nil {
						return err
					}
					mu.Lock()
					given[number] = true
					mu.Unlock()
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())
		require.Len(t, given, 8*6)
		for n := range int64(8 * 6) {
			require.True(t, given[n+1], "no number %d", n+1)
		}
		update(t, s, func(tx *store.Tx) error {
			n, err := tx.NextNumber(ctx, "INV:2027")
			require.EqualValues(t, 1, n)
			return err
		})
	})
}

func TestClaimWaits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		for _, first := range []error{nil, errRefused} {
			ctx := t.Context()
			key := fmt.Sprint(first)
			claimed, finish := make(chan struct{}), make(chan struct{})
			var group errgroup.Group
			group.Go(func() error {
				err := s.Update(ctx, func(tx *store.Tx) error {
					if _, _, err := tx.Claim(ctx, owner, key, "hash", now); err != nil {
						return err
					}
					close(claimed)
					<-finish
					return errors.Join(tx.Answered(ctx, owner, key, "first"), first)
				})
				if !errors.Is(err, first) {
					return err
				}
				return nil
			})
			<-claimed
			var before store.Replay
			var ours bool
			group.Go(func() error {
				return s.Update(ctx, func(tx *store.Tx) error {
					var err error
					before, ours, err = tx.Claim(ctx, owner, key, "hash", now)
					return err
				})
			})
			close(finish)
			require.NoError(t, group.Wait())
			require.Equal(t, first != nil, ours)
			if first == nil {
				require.Equal(t, store.Replay{RequestHash: "hash", Response: "first"}, before)
			}
		}
	})
}

func TestTakeSeats(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error { return tx.InsertLicense(ctx, aLicense("lic_1", owner)) })
		var taken atomic.Int64
		var group errgroup.Group
		for range 8 {
			group.Go(func() error {
				return s.Update(ctx, func(tx *store.Tx) error {
					ok, err := tx.TakeSeats(ctx, "lic_1", 3)
					if ok {
						taken.Add(3)
					}
					return err
				})
			})
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, 6, taken.Load()) // of 10, of which 2 were taken
		update(t, s, func(tx *store.Tx) error {
			ok, err := tx.TakeSeats(ctx, "lic_none", 1)
			require.NoError(t, err)
			require.False(t, ok)
			l, err := tx.License(ctx, "lic_1")
			require.EqualValues(t, 8, l.KeySeats)
			return err
		})
	})
}
