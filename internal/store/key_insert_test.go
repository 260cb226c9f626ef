package store_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Keys go in many at a time, and come out as they went in, whatever their names.
func TestInsertKeysKeepsNames(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		const count = 20_001
		names := []string{"", "Room 1", "  spaces  ", "Ärztehaus 東京", "a,\"b\"\n'c'", strings.Repeat("x", 200)}
		wanted := make(map[string]licensing.Key, count)
		keys := make([]licensing.Key, count)
		for i := range keys {
			keys[i] = licensing.Key{
				ID: fmt.Sprintf("key_%026d", i), ResellerID: owner, Code: fmt.Sprintf("%04d-%04d-AAAA-AAAA", i*7919%10000, i/10000),
				Name: names[i%len(names)], Seats: int64(1 + i%2), CreatedAt: now,
			}
			wanted[keys[i].ID] = keys[i]
		}
		update(t, s, func(tx *store.Tx) error { return tx.InsertKeys(t.Context(), keys) })

		got := 0
		err := s.Stream(t.Context(), store.ExportKeys(store.KeyFilter{Resellers: []string{owner}}), func(row [][]byte) error {
			key := wanted[string(row[0])]
			require.Equal(t, []string{key.Code, key.Name, strconv.FormatInt(key.Seats, 10)}, []string{string(row[1]), string(row[2]), string(row[3])})
			got++
			return nil
		})
		require.NoError(t, err)
		require.Equal(t, count, got)
	})
}
