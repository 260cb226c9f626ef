package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func aDevice(id, license, serial string) licensing.Device {
	return licensing.Device{ID: id, ResellerID: owner, LicenseID: license, Serial: serial, Name: "Name " + id, ActivatedAt: now}
}

func TestDevices(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		license, key := aLicense("lic_a", owner), aKey("key_1", owner)
		other := aLicense("lic_b", owner)
		license.Devices, other.Devices, other.CompanyID, other.CompanyName, other.CompanyDomain = 0, 0, "", "", ""
		key.LicenseID = "lic_a"
		first, second, third := aDevice("dev_1", "lic_a", "SN-1"), aDevice("dev_2", "lic_a", "SN-2"), aDevice("dev_3", "lic_b", "SN-1")
		first.KeyID = "key_1"
		update(t, s, func(tx *store.Tx) error {
			require.NoError(t, tx.InsertLicense(ctx, license))
			require.NoError(t, tx.InsertLicense(ctx, other))
			require.NoError(t, tx.InsertKeys(ctx, []licensing.Key{key}))
			require.NoError(t, tx.InsertDevice(ctx, first))
			require.NoError(t, tx.CountKeyDevice(ctx, key.ID, 1))
			require.NoError(t, tx.InsertDevice(ctx, second))
			require.NoError(t, tx.InsertDevice(ctx, third))
			err := tx.Nested(ctx, func() error { return tx.InsertDevice(ctx, aDevice("dev_4", "lic_a", "SN-2")) })
			require.ErrorIs(t, err, store.ErrExists)
			return nil
		})
		counts := func() []int64 {
			return view(t, s, func(ctx context.Context, tx *store.Tx) ([]int64, error) {
				l, err := tx.License(ctx, "lic_a")
				require.NoError(t, err)
				k, err := tx.KeyByID(ctx, "key_1")
				return []int64{l.Devices, k.Devices}, err
			})
		}
		require.Equal(t, []int64{2, 1}, counts())

		list := func(f store.DeviceFilter) []string {
			return view(t, s, func(ctx context.Context, tx *store.Tx) ([]string, error) {
				f.Resellers = []string{owner}
				rows, err := tx.Devices(ctx, f, store.Page{Limit: 10})
				return ids(rows), err
			})
		}
		for want, filters := range map[string][]store.DeviceFilter{
			"dev_1": {{KeyID: "key_1"}, {LicenseID: "lic_a", Serial: "SN-1"}, {Search: "KEY key_1"}},
			"dev_3": {{LicenseID: "lic_b"}, {Search: "LIC_B"}, {Search: "name dev_3"}},
		} {
			for _, f := range filters {
				require.Equal(t, []string{want}, list(f), "%+v", f)
			}
		}
		require.Equal(t, []string{"dev_2", "dev_1"}, list(store.DeviceFilter{CompanyID: company}))
		require.Equal(t, []string{"dev_3", "dev_1"}, list(store.DeviceFilter{Serial: "SN-1"}))
		require.Empty(t, list(store.DeviceFilter{Active: new(false)}))

		update(t, s, func(tx *store.Tx) error {
			got, err := tx.ActiveDevice(ctx, "lic_a", "SN-1")
			require.NoError(t, err)
			got.DeactivatedAt = later
			require.NoError(t, tx.DeactivateDevice(ctx, got))
			require.NoError(t, tx.CountKeyDevice(ctx, "key_1", -1))
			_, err = tx.ActiveDevice(ctx, "lic_a", "SN-1")
			require.ErrorIs(t, err, store.ErrNotFound)
			again := aDevice("dev_5", "lic_a", "SN-1")
			again.KeyID = "key_1"
			require.NoError(t, tx.InsertDevice(ctx, again), "free again")
			active, err := tx.ActiveDevicesOfKey(ctx, "key_1", "SN-1")
			require.NoError(t, err)
			require.Equal(t, []string{"dev_5"}, ids(active))
			kept, err := tx.Device(ctx, "dev_1")
			require.NoError(t, err)
			kept.SearchText = ""
			first.DeactivatedAt, first.CompanyID, first.KeyCode = later, company, "CODE-key_1"
			require.Equal(t, first, kept)
			requireFull(t, kept)
			return nil
		})
		require.Equal(t, []int64{2, 0}, counts())
		require.Equal(t, []string{"dev_1"}, list(store.DeviceFilter{Active: new(false)}))
		require.Equal(t, []string{"dev_5", "dev_3", "dev_2"}, list(store.DeviceFilter{Active: new(true)}))
	})
}

func TestLinks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			require.NoError(t, tx.InsertLicense(ctx, aLicense("lic_a", owner)))
			link := func(id string) licensing.Link {
				return licensing.Link{ID: id, ResellerID: owner, LicenseID: "lic_a", Hash: "hash " + id, Email: "a@example.com", ExpiresAt: later, CreatedAt: now}
			}
			for _, id := range []string{"lnk_1", "lnk_2", "lnk_3"} {
				require.NoError(t, tx.InsertLink(ctx, link(id)))
			}
			used, revoked := link("lnk_1"), link("lnk_2")
			used.UsedAt, revoked.RevokedAt = later, later
			require.NoError(t, tx.UpdateLink(ctx, used))
			require.NoError(t, tx.UpdateLink(ctx, revoked))
			for want, get := range map[licensing.Link]func() (licensing.Link, error){
				used:          func() (licensing.Link, error) { return tx.LinkByHash(ctx, "hash lnk_1") },
				revoked:       func() (licensing.Link, error) { return tx.LinkForUpdate(ctx, "lnk_2") },
				link("lnk_3"): func() (licensing.Link, error) { return tx.Link(ctx, "lnk_3") },
			} {
				got, err := get()
				require.NoError(t, err)
				require.Equal(t, want, got)
			}
			open, err := tx.OpenLinks(ctx, "lic_a")
			require.NoError(t, err)
			require.Equal(t, []string{"lnk_3"}, ids(open))
			_, err = tx.LinkByHash(ctx, "none")
			require.ErrorIs(t, err, store.ErrNotFound)
			return nil
		})
	})
}
