package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

var errRefused = errors.New("refused")

func TestUpdateRollsBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		insert := func(tx *store.Tx) error { return tx.InsertCompany(t.Context(), aCompany("com_1", owner)) }
		require.ErrorIs(t, s.Update(t.Context(), func(tx *store.Tx) error {
			require.NoError(t, insert(tx))
			return errRefused
		}), errRefused)
		require.Panics(t, func() {
			_ = s.Update(t.Context(), func(tx *store.Tx) error {
				require.NoError(t, insert(tx))
				panic("bug")
			})
		})
		require.Error(t, s.View(t.Context(), insert))
		update(t, s, insert)
	})
}

func TestNested(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			insert := func(id string) { require.NoError(t, tx.InsertCompany(ctx, aCompany(id, owner))) }
			insert("com_1")
			require.ErrorIs(t, tx.Nested(ctx, func() error {
				insert("com_2")
				require.NoError(t, tx.Nested(ctx, func() error { insert("com_3"); return nil }))
				return errRefused
			}), errRefused)
			return tx.Nested(ctx, func() error {
				insert("com_4")
				require.ErrorIs(t, tx.Nested(ctx, func() error { insert("com_5"); return errRefused }), errRefused)
				return nil
			})
		})
		page := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Company, error) {
			return tx.Companies(ctx, store.CompanyFilter{Resellers: []string{owner}}, store.Page{Limit: 10})
		})
		require.Equal(t, []string{company, "com_4", "com_1"}, ids(page))
	})
}

func TestUpdateRunsAgain(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		runs := 0
		insert := func(failures int, code string) error {
			runs = 0
			return s.Update(t.Context(), func(tx *store.Tx) error {
				runs++
				require.NoError(t, tx.InsertCompany(t.Context(), aCompany("com_"+code, owner)))
				if runs <= failures {
					return fmt.Errorf("change: %w", &pgconn.PgError{Code: code})
				}
				return nil
			})
		}
		for _, code := range []string{"40001", "40P01"} {
			require.NoError(t, insert(3, code))
			require.Equal(t, 4, runs)
		}
		require.Error(t, insert(1, "23514"))
		require.Equal(t, 1, runs)
		require.Error(t, s.Update(t.Context(), func(*store.Tx) error {
			runs++
			return &pgconn.PgError{Code: "40001"}
		}))
		require.Equal(t, 11, runs)
	})
}

// Two transactions that lock each other out both succeed in the end.
func TestDeadlock(t *testing.T) {
	t.Parallel()
	s := open(t, postgresDSN(t))
	require.NoError(t, s.Migrate(t.Context()))
	seed(t, s)
	update(t, s, func(tx *store.Tx) error { return tx.InsertCompany(t.Context(), aCompany("com_2", owner)) })
	var met sync.WaitGroup
	met.Add(2)
	lock := func(first, second string) func() error {
		var once sync.Once
		return func() error {
			return s.Update(t.Context(), func(tx *store.Tx) error {
				if _, err := tx.CompanyForUpdate(t.Context(), first); err != nil {
					return err
				}
				once.Do(func() { met.Done(); met.Wait() })
				c, err := tx.CompanyForUpdate(t.Context(), second)
				if err != nil {
					return err
				}
				c.Version++
				return tx.UpdateCompany(t.Context(), c)
			})
		}
	}
	var group errgroup.Group
	group.Go(lock(company, "com_2"))
	group.Go(lock("com_2", company))
	require.NoError(t, group.Wait())
}
