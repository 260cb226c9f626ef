package service_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

func TestExportKeysSince(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		since := func(c service.Caller, q service.KeyQuery, after string) (names []string, next string) {
			export, err := f.ExportKeys(ctx, c, q, after)
			require.NoError(t, err)
			at := slices.IndexFunc(export.Columns, func(c store.Column) bool { return c.Name == "name" })
			require.NoError(t, f.Stream(ctx, export, func(row [][]byte) error {
				names = append(names, string(row[at]))
				return nil
			}))
			return names, export.Next
		}
		made := func(c service.Caller, name string) {
			_, err := f.GenerateKeys(ctx, c, service.KeyOrder{Count: 1, Seats: 1, Name: name})
			require.NoError(t, err)
		}
		names, none := since(f.main, service.KeyQuery{}, "start")
		require.Empty(t, names)
		made(f.stranger, "theirs")
		made(f.main, "first")
		made(f.main, "second")
		names, second := since(f.main, service.KeyQuery{}, none)
		require.Equal(t, []string{"first", "second"}, names)
		names, same := since(f.main, service.KeyQuery{}, second)
		require.Empty(t, names)
		require.Equal(t, second, same)
		made(f.main, "third")
		made(f.stranger, "theirs too")
		names, third := since(f.main, service.KeyQuery{}, second)
		require.Equal(t, []string{"third"}, names)
		names, _ = since(f.main, service.KeyQuery{Name: "second"}, "start")
		require.Equal(t, []string{"second"}, names)

		for name, try := range map[string]struct {
			caller service.Caller
			query  service.KeyQuery
			after  string
		}{
			"another reseller": {f.stranger, service.KeyQuery{}, third},
			"another filter":   {f.main, service.KeyQuery{Name: "third"}, third},
			"not a cursor":     {f.main, service.KeyQuery{}, "c3RhcnQ"},
			"changed":          {f.main, service.KeyQuery{}, third[1:]},
		} {
			_, err := f.ExportKeys(ctx, try.caller, try.query, try.after)
			requireCode(t, licensing.CodeInvalidCursor, err, name)
		}
		list, err := f.Keys(ctx, f.main, service.KeyQuery{}, service.Page{Limit: 1})
		require.NoError(t, err)
		_, err = f.ExportKeys(ctx, f.main, service.KeyQuery{}, list.Next)
		requireCode(t, licensing.CodeInvalidCursor, err, "of the list")

		// As where a backup from before it was put back.
		_, err = f.store.Writer().ExecContext(ctx, "DELETE FROM keys WHERE name = 'third'")
		require.NoError(t, err)
		_, err = f.ExportKeys(ctx, f.main, service.KeyQuery{}, third)
		requireCode(t, licensing.CodeInvalidCursor, err)
		names, _ = since(f.main, service.KeyQuery{}, second)
		require.Empty(t, names)
	})
}
