//go:build unix

package realtest

import (
	"crypto/rand"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/pgtest"
)

// TestTwoServers works through two reselld processes on one PostgreSQL at once.
func TestTwoServers(t *testing.T) {
	t.Parallel()
	db := pgtest.Start(t)
	box := newMailbox(t, nil)

	// Both bring the empty database up to date at once.
	servers := []*server{launch(t, db, "--smtp", box.url), launch(t, db, "--smtp", box.url)}
	for _, s := range servers {
		s.awaitListening(t)
	}
	token := bootstrap(t, db)
	clients := []*client.Client{connect(t, servers[0].url, token), connect(t, servers[1].url, token)}
	workers := newWorkers(t, clients[0], 8)

	const each = 24
	errs := make([]error, len(workers))
	var all sync.WaitGroup
	for i, w := range workers {
		all.Go(func() {
			for n := range each {
				if errs[i] = w.do(t.Context(), clients[(i+n/4)%2]); errs[i] != nil {
					return
				}
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	// The same change through both at once is one change.
	for range 10 {
		w := &write{key: rand.Text(), send: buy(workers[0].company, 1)}
		var got [2]written
		for i := range got {
			all.Go(func() { got[i], _, errs[i] = w.send(t.Context(), clients[i], w.key) })
		}
		all.Wait()
		require.NoError(t, errs[0])
		require.NoError(t, errs[1])
		require.Equal(t, got[0], got[1])
		w.got = got[0]
		workers[0].acked = append(workers[0].acked, *w)
	}
	requireBooked(t, workers, audit(t, db))

	invoices := total(workers).invoices
	require.Len(t, invoices, len(workers)*each/4)
	numbers := map[string]bool{}
	require.Eventually(t, func() bool {
		page, err := client.Call(t.Context(), clients[1], api.InvoiceList, api.InvoiceListInput{Page: api.Page{Limit: 500}})
		if err != nil {
			return false
		}
		for _, i := range page.Data {
			if i.MailedAt != nil {
				numbers[i.Number] = true
			}
		}
		return len(numbers) == len(invoices)
	}, patience, 50*time.Millisecond, "every invoice is mailed")
	for _, s := range servers {
		s.terminate(t)
		require.Zero(t, s.wait(t), s.log.text())
	}
	mails, _ := box.received()
	require.Len(t, mails, len(invoices), "each mail goes out once")
	for _, m := range mails {
		number := strings.Fields(m.subject)[1]
		require.True(t, numbers[number], "%s is mailed twice, or was never sent", number)
		delete(numbers, number)
	}
}
