package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/store"
)

func TestMigrateTwice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		require.NoError(t, s.Migrate(t.Context()))
		require.NoError(t, s.Ping(t.Context()))
		require.Len(t, view(t, s, func(ctx context.Context, tx *store.Tx) ([]store.ResellerName, error) {
			return tx.ResellerTree(ctx, owner)
		}), 2)
	})
}

func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(*testing.T) string{"sqlite": sqliteDSN, "postgres": postgresDSN} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			name := dsn(t)
			var group errgroup.Group
			for range 4 {
				s := open(t, name)
				group.Go(func() error { return s.Migrate(t.Context()) })
			}
			require.NoError(t, group.Wait())
		})
	}
}

func TestOpenFails(t *testing.T) {
	t.Parallel()
	for _, dsn := range []string{
		filepath.Join(t.TempDir(), "no", "such", "folder.db"),
		"postgres://nobody@127.0.0.1:1/none?connect_timeout=2",
	} {
		_, err := store.Open(t.Context(), dsn)
		require.Error(t, err, dsn)
	}
}
