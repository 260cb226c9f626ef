package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func aGrant(id, reseller string, amount int64) licensing.CreditEntry {
	return licensing.CreditEntry{
		ID: id, ResellerID: reseller, ProductID: software, Kind: licensing.CreditGrant, Amount: amount,
		PeerID: owner, OrderID: order, Note: "note " + id, CreatedAt: now,
	}
}

func TestCredits(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			_, err := tx.PostCredits(ctx, aGrant("crd_0", child, -1))
			require.ErrorIs(t, err, store.ErrBelowLimit)

			want := aGrant("crd_1", child, 10)
			got, err := tx.PostCredits(ctx, want)
			require.NoError(t, err)
			want.Balance = 10
			require.Equal(t, want, got)
			requireFull(t, got)

			got, err = tx.PostCredits(ctx, aGrant("crd_2", child, -4))
			require.NoError(t, err)
			require.EqualValues(t, 6, got.Balance)
			_, err = tx.PostCredits(ctx, aGrant("crd_3", child, -7))
			require.ErrorIs(t, err, store.ErrBelowLimit)
			got, err = tx.PostCredits(ctx, aGrant("crd_4", child, -6))
			require.NoError(t, err)
			require.Zero(t, got.Balance)
			got, err = tx.PostCredits(ctx, aGrant("crd_5", child, 3))
			require.NoError(t, err)
			require.EqualValues(t, 3, got.Balance)

			other := aGrant("crd_6", child, 5)
			other.ProductID = device
			_, err = tx.PostCredits(ctx, other)
			require.NoError(t, err)
			_, err = tx.PostCredits(ctx, aGrant("crd_7", stranger, 1))
			require.NoError(t, err)

			credits, err := tx.Credits(ctx, child)
			require.NoError(t, err)
			require.Equal(t, []licensing.Credits{
				{ResellerID: child, ProductID: device, Amount: 5, ProductSKU: "dev"},
				{ResellerID: child, ProductID: software, Amount: 3, ProductSKU: "soft"},
			}, credits)

			for product, want := range map[string][]string{
				"": {"crd_6", "crd_5", "crd_4", "crd_2", "crd_1"}, software: {"crd_5", "crd_4", "crd_2", "crd_1"}, device: {"crd_6"}, "prd_none": {},
			} {
				entries, err := tx.CreditEntries(ctx, child, product, store.Page{Limit: 10})
				require.NoError(t, err)
				require.Equal(t, want, ids(entries), product)
			}
			page, err := tx.CreditEntries(ctx, child, "", store.Page{After: "crd_4", Limit: 1})
			require.NoError(t, err)
			require.Equal(t, []string{"crd_2"}, ids(page))
			require.Equal(t, "soft", page[0].ProductSKU)
			require.EqualValues(t, "owner", page[0].PeerLogin)

			all, err := tx.CreditsOf(ctx, []string{child, stranger, owner})
			require.NoError(t, err)
			require.Len(t, all, 3)
			all, err = tx.CreditsOf(ctx, nil)
			require.NoError(t, err)
			require.Empty(t, all)
			sums, err := tx.CreditSums(ctx, child)
			require.NoError(t, err)
			require.Equal(t, []store.CreditSum{
				{ProductID: device, Kind: licensing.CreditGrant, Amount: 5, Entries: 1},
				{ProductID: software, Kind: licensing.CreditGrant, Amount: 3, Entries: 4},
			}, sums)
			return nil
		})
	})
}

func TestPostCreditsAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		post := func(id string, amount int64) error {
			return s.Update(ctx, func(tx *store.Tx) error {
				_, err := tx.PostCredits(ctx, aGrant(id, child, amount))
				return err
			})
		}
		// The first posts open the account at the same time.
		var refused, spent atomic.Int64
		var group errgroup.Group
		for worker := range 8 {
			group.Go(func() error {
				if err := post(fmt.Sprintf("crd_%d_in", worker), 10); err != nil {
					return err
				}
				for n := range 5 {
					err := post(fmt.Sprintf("crd_%d_%d", worker, n), -7)
					switch {
					case errors.Is(err, store.ErrBelowLimit):
						refused.Add(1)
					case err != nil:
						return err
					default:
						spent.Add(1)
					}
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, 40, refused.Load()+spent.Load())
		require.LessOrEqual(t, spent.Load(), int64(80/7))
		require.Positive(t, spent.Load())

		entries := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.CreditEntry, error) {
			return tx.CreditEntries(ctx, child, software, store.Page{Limit: 100})
		})
		require.Len(t, entries, int(8+spent.Load()))
		sum := int64(0)
		for _, e := range entries {
			require.GreaterOrEqual(t, e.Balance, int64(0))
			sum += e.Amount
		}
		credits := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Credits, error) { return tx.Credits(ctx, child) })
		require.Equal(t, 80-7*spent.Load(), credits[0].Amount)
		require.Equal(t, sum, credits[0].Amount)
	})
}

func TestResellerProducts(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			products := func(reseller string, want ...string) {
				got, err := tx.ResellerProducts(ctx, reseller)
				require.NoError(t, err)
				require.Equal(t, want, got)
			}
			sells := func(reseller, product string, want bool) {
				got, err := tx.MaySell(ctx, reseller, product)
				require.NoError(t, err)
				require.Equal(t, want, got, "%s %s", reseller, product)
			}
			products(child)
			sells(child, software, true)

			require.NoError(t, tx.SetResellerProducts(ctx, child, []string{software}))
			products(child, software)
			sells(child, software, true)
			sells(child, device, false)
			sells(owner, device, true)

			// What the parent may not sell, the child may not either.
			require.NoError(t, tx.SetResellerProducts(ctx, owner, []string{device}))
			sells(child, software, false)
			sells(owner, software, false)
			sells(stranger, software, true)

			require.NoError(t, tx.SetResellerProducts(ctx, child, []string{software, device}))
			products(child, device, software)
			limited, err := tx.ResellersProducts(ctx, []string{owner, child, stranger})
			require.NoError(t, err)
			require.Len(t, limited, 2)
			require.Len(t, limited[child], 2)
			require.Equal(t, "dev", limited[child][0].SKU)
			require.Equal(t, device, limited[child][0].ID)
			sells(child, device, true)
			require.NoError(t, tx.SetResellerProducts(ctx, child, nil))
			products(child)
			sells(child, software, false)
			require.ErrorIs(t, tx.Nested(ctx, func() error {
				return tx.SetResellerProducts(ctx, child, []string{device, device})
			}), store.ErrExists)
			return nil
		})
	})
}

func TestResellersAreChosen(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			r, err := tx.ResellerForUpdate(ctx, child)
			require.NoError(t, err)
			require.EqualValues(t, "owner", r.ParentLogin)
			r.DisabledAt = now
			require.NoError(t, tx.UpdateReseller(ctx, r))
			for _, c := range []struct {
				filter store.ResellerFilter
				want   []string
			}{
				{store.ResellerFilter{}, []string{stranger, owner, child}},
				{store.ResellerFilter{IDs: []string{owner, child}}, []string{owner, child}},
				{store.ResellerFilter{IDs: []string{}}, []string{}},
				{store.ResellerFilter{Parent: owner}, []string{child}},
				{store.ResellerFilter{State: licensing.ResellerActive}, []string{stranger, owner}},
				{store.ResellerFilter{State: licensing.ResellerDisabled}, []string{child}},
				{store.ResellerFilter{Search: "STRANGER ltd"}, []string{stranger}},
			} {
				got, err := tx.Resellers(ctx, c.filter, store.Page{Limit: 10})
				require.NoError(t, err)
				require.Equal(t, c.want, ids(got), "%+v", c.filter)
			}

			require.NoError(t, tx.OpenBalance(ctx, licensing.Balance{ResellerID: owner, Currency: "EUR", CreditLimit: 7}))
			require.NoError(t, tx.EnsureBalance(ctx, owner, "EUR"))
			require.NoError(t, tx.EnsureBalance(ctx, owner, "CHF"))
			balances, err := tx.Balances(ctx, owner)
			require.NoError(t, err)
			require.Equal(t, []licensing.Balance{{ResellerID: owner, Currency: "CHF"}, {ResellerID: owner, Currency: "EUR", CreditLimit: 7}}, balances)
			return nil
		})
	})
}
