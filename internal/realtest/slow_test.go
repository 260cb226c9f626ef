//go:build unix

package realtest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/store"
)

// TestSlowRequest lets a purchase wait for longer than the limits on reading a
// request: what waits for the database is carried out all the same.
func TestSlowRequest(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)
	u := customer(t, s.url, token)

	// Another program, such as a backup, has the database to itself.
	other, err := store.Open(t.Context(), db)
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	began := time.Now()
	var p *process
	require.NoError(t, other.Update(t.Context(), func(*store.Tx) error {
		p = u.start(t, nil, program("resell"), "license", "add", "--product", "seat", "--term", "yearly:1", "--quantity", "1", "--yes")
		<-time.After(6 * time.Second)
		return nil
	}))
	r := p.wait(t)
	require.Zero(t, r.code, r.stderr)
	require.Greater(t, time.Since(began), 6*time.Second)
	require.Equal(t, 1, audit(t, db).orders)
}
