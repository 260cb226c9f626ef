//go:build unix

package realtest

import (
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/pgtest"
)

// TestKilled kills reselld at random moments of its work: nothing that was answered
// is lost, and what was not answered is done exactly once when it is sent again.
func TestKilled(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		db     func(t *testing.T) string
		rounds int
	}{
		{"sqlite", sqlite, 16},
		{"postgres", func(t *testing.T) string { t.Helper(); return pgtest.Start(t, pgtest.Durable()) }, 8},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			db := test.db(t)
			seed := uint64(time.Now().UnixNano())
			t.Logf("seed %d", seed)
			random := rand.New(rand.NewPCG(seed, 1))
			token := bootstrap(t, db)
			mail := filepath.Join(t.TempDir(), "mail")

			var workers []*worker
			for range test.rounds {
				s := serve(t, db, "--mail-dir", mail)
				if workers == nil {
					workers = newWorkers(t, connect(t, s.url, token), 6)
				}
				requireBooked(t, workers, audit(t, db))
				work(t, workers, connect(t, s.url, token), 10+random.IntN(70), s.kill)
			}

			s := serve(t, db, "--mail-dir", mail)
			c := connect(t, s.url, token)
			for _, w := range workers {
				if w.pending != nil {
					require.NoError(t, w.do(t.Context(), c))
				}
				require.NoError(t, w.again(t.Context(), c))
			}
			sum := total(workers)
			require.Zero(t, sum.pending)
			require.Greater(t, sum.writes, 10*test.rounds)
			requireBooked(t, workers, audit(t, db))
			s.terminate(t)
			require.Zero(t, s.wait(t), s.log.text())
		})
	}
}

// work lets the workers work until so many changes are answered, then ends the
// server, and returns when every worker has noticed.
func work(t *testing.T, workers []*worker, c *client.Client, until int, end func()) {
	t.Helper()
	var answered atomic.Int64
	var once sync.Once
	var all sync.WaitGroup
	errs := make([]error, len(workers))
	for i, w := range workers {
		all.Go(func() {
			// Before anything new: what was answered before the kill is answered alike.
			if w.pending == nil {
				errs[i] = w.again(t.Context(), c)
			}
			for errs[i] == nil {
				if errs[i] = w.do(t.Context(), c); errs[i] == nil && answered.Add(1) >= int64(until) {
					once.Do(end)
				}
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		require.True(t, unanswered(err), "the server refused: %v", err)
	}
}

// TestKilledWhileStarting kills reselld while it makes its database: the next start
// goes on from there.
func TestKilledWhileStarting(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	for step := range int64(12) {
		s := launch(t, db, "--mail-dir", t.TempDir())
		listens := false
		// A further part of the schema has been written each time.
		for written := int64(0); written <= step*30_000 && !listens; written = size(db) + size(db+"-wal") {
			select {
			case <-s.log.address:
				listens = true
			case <-s.ended:
				require.FailNow(t, "reselld ended by itself", s.log.text())
			default:
			}
		}
		s.kill()
	}

	token := bootstrap(t, db)
	s := serve(t, db)
	c := connect(t, s.url, token)
	for _, w := range newWorkers(t, c, 2) {
		for range 4 {
			require.NoError(t, w.do(t.Context(), c))
		}
	}
	require.Equal(t, 4, audit(t, db).orders)
}
