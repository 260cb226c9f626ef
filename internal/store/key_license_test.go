package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// A key is found, and exported, by every license that it unlocks.
func TestKeyLicenses(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			for _, id := range []string{"lic_a", "lic_b", "lic_c"} {
				require.NoError(t, tx.InsertLicense(ctx, aLicense(id, owner)))
			}
			first, loose, other := aKey("key_1", owner), aKey("key_2", owner), aKey("key_3", owner)
			first.LicenseID, other.LicenseID = "lic_a", "lic_b"
			require.NoError(t, tx.InsertKeys(ctx, []licensing.Key{first, loose, other}))
			require.NoError(t, tx.AddKeyLicense(ctx, first, "lic_c", later))
			require.NoError(t, tx.AddKeyLicense(ctx, first, "lic_b", now))
			require.NoError(t, tx.AddKeyLicense(ctx, loose, "lic_c", now))
			err := tx.Nested(ctx, func() error { return tx.AddKeyLicense(ctx, first, "lic_b", now) })
			require.ErrorIs(t, err, store.ErrExists)
			return nil
		})
		licenses := func(id string) []string {
			return view(t, s, func(ctx context.Context, tx *store.Tx) ([]string, error) {
				key, err := tx.KeyByID(ctx, id)
				require.NoError(t, err)
				all, err := tx.KeyLicenses(ctx, key)
				return ids(all[id]), err
			})
		}
		require.Equal(t, []string{"lic_a", "lic_b", "lic_c"}, licenses("key_1"), "the first, then the others as they came")
		require.Equal(t, []string{"lic_c"}, licenses("key_2"), "the first license of a key that had none is kept with it")

		list := func(f store.KeyFilter, p store.Page) []string {
			return view(t, s, func(ctx context.Context, tx *store.Tx) ([]string, error) {
				f.Resellers = []string{owner}
				keys, err := tx.Keys(ctx, f, p)
				return ids(keys), err
			})
		}
		all := store.Page{Limit: 10}
		require.Equal(t, []string{"key_1"}, list(store.KeyFilter{LicenseID: "lic_a"}, all))
		require.Equal(t, []string{"key_3", "key_1"}, list(store.KeyFilter{LicenseID: "lic_b"}, all))
		require.Equal(t, []string{"key_2", "key_1"}, list(store.KeyFilter{LicenseID: "lic_c"}, all))
		require.Equal(t, []string{"key_3", "key_2", "key_1"}, list(store.KeyFilter{OrderID: order}, all), "each once")
		require.Equal(t, []string{"key_3", "key_2"}, list(store.KeyFilter{CompanyID: company}, store.Page{Limit: 2}))
		require.Equal(t, []string{"key_1"}, list(store.KeyFilter{CompanyID: company}, store.Page{Limit: 2, After: "2"}))
		require.Empty(t, list(store.KeyFilter{LicenseID: "lic_c", Name: "none"}, all))

		exported := func(f store.KeyFilter) [][2]string {
			f.Resellers = []string{owner}
			var pairs [][2]string
			for _, row := range stream(t, s, store.ExportKeys(f)) {
				pairs = append(pairs, [2]string{row["license_id"], row["id"]})
				require.Equal(t, "soft", row["product"])
			}
			return pairs
		}
		require.Equal(t, [][2]string{{"lic_a", "key_1"}, {"lic_b", "key_3"}, {"lic_c", "key_2"}, {"lic_b", "key_1"}, {"lic_c", "key_1"}}, exported(store.KeyFilter{}))
		require.Equal(t, [][2]string{{"lic_b", "key_3"}, {"lic_b", "key_1"}}, exported(store.KeyFilter{LicenseID: "lic_b"}))
		require.Len(t, exported(store.KeyFilter{CompanyID: company}), 5)
		require.Len(t, exported(store.KeyFilter{OrderID: order, Name: "Key key_1"}), 3)
	})
}
