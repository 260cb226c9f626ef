package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func TestStreamIsOneSnapshot(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		fill(t, s)
		ctx := t.Context()
		var got []string
		// The keys of licenses come by one statement, those without by another.
		require.NoError(t, s.Stream(ctx, store.ExportKeys(store.KeyFilter{Resellers: []string{owner, child, stranger}}), func(row [][]byte) error {
			got = append(got, string(row[0]))
			k := aKey(fmt.Sprintf("key_new%d", len(got)), owner)
			l := aKey(fmt.Sprintf("key_newer%d", len(got)), owner)
			l.LicenseID = "lic_6"
			return s.Update(ctx, func(tx *store.Tx) error { return tx.InsertKeys(ctx, []licensing.Key{k, l}) })
		}))
		require.Equal(t, []string{"key_0", "key_1", "key_2", "key_3", "key_4", "key_5", "key_6"}, got)
		require.Len(t, stream(t, s, store.ExportKeys(store.KeyFilter{Resellers: []string{owner, child, stranger}})), 21)
	})
}

func TestStreamStops(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		keys := make([]licensing.Key, 5_000)
		for i := range keys {
			keys[i] = aKey(fmt.Sprintf("key_%05d", i), owner)
		}
		update(t, s, func(tx *store.Tx) error { return tx.InsertKeys(ctx, keys) })
		e := store.ExportKeys(store.KeyFilter{Resellers: []string{owner}})
		require.Len(t, stream(t, s, e), len(keys))
		files := openFiles()
		for range 20 { // more than there are connections
			rows := 0
			require.ErrorIs(t, s.Stream(ctx, e, func([][]byte) error {
				if rows++; rows == 3 {
					return errRefused
				}
				return nil
			}), errRefused)
			require.Equal(t, 3, rows)

			cancelled, cancel := context.WithCancel(ctx)
			rows = 0
			require.ErrorIs(t, s.Stream(cancelled, e, func([][]byte) error {
				if rows++; rows == 3 {
					cancel()
				}
				return nil
			}), context.Canceled)
			require.Equal(t, 3, rows)
		}
		over, cancel := context.WithCancelCause(ctx)
		cancel(errors.New("over"))
		require.ErrorIs(t, s.Stream(over, e, func([][]byte) error { t.Error("a row"); return nil }), context.Canceled)

		require.Zero(t, s.Writer().Stats().InUse)
		if s.Dialect() == store.SQLite {
			require.Equal(t, files, openFiles())
		}
		if s.Dialect() == store.Postgres {
			var busy int
			require.NoError(t, s.Writer().QueryRowContext(ctx, `SELECT count(*) FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'`).Scan(&busy))
			require.Zero(t, busy)
		}
		// Nothing holds a lock or an old snapshot.
		update(t, s, func(tx *store.Tx) error { return tx.InsertKeys(ctx, []licensing.Key{aKey("key_last", owner)}) })
		require.Len(t, stream(t, s, e), len(keys)+1)
	})
}

// openFiles tells how many files of this test's folder are open, where the system
// has a way to tell.
func openFiles() map[string]int {
	files := map[string]int{}
	entries, _ := os.ReadDir("/proc/self/fd")
	for _, entry := range entries {
		name, _ := os.Readlink("/proc/self/fd/" + entry.Name())
		if strings.Contains(name, "TestStreamStops") {
			files[name]++
		}
	}
	return files
}

func TestLongText(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		long := strings.Repeat("Ärger % _ ' \" \\ \n", 10<<20/18)
		update(t, s, func(tx *store.Tx) error {
			c := aCompany("com_long", owner)
			c.Note = long
			return tx.InsertCompany(t.Context(), c)
		})
		f := store.CompanyFilter{Resellers: []string{owner}, Search: "com_long"}
		found := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Company, error) {
			return tx.Companies(ctx, f, store.Page{Limit: 2})
		})
		require.Len(t, found, 1)
		require.True(t, found[0].Note == long) //nolint:testifylint // the failure would print 10 MB
		rows := stream(t, s, store.ExportCompanies(f))
		require.True(t, rows[0]["note"] == long) //nolint:testifylint // as above
		require.Equal(t, later.String(), rows[0]["updated_at"])
	})
}
