//go:build unix

package realtest

import (
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestImportInterrupted presses Ctrl-C while the answer to a batch is on its way: the
// batch is done, and resell does not know. Run again, nothing is doubled.
func TestImportInterrupted(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)
	p := newProxy(t, s.url)
	u := customer(t, p.url, token)
	const rows = 5000
	var text strings.Builder
	text.WriteString("name,domain\n")
	for i := range rows {
		fmt.Fprintf(&text, "École %d,school%d.example\n", i, i)
	}
	writeFile(t, filepath.Join(u.home, "schools.csv"), text.String())

	p.holdAfter(100_000) // in the answer to the second batch
	run := u.start(t, nil, program("resell"), "company", "import", "--file", "schools.csv", "--results", "results.csv")
	p.awaitHeld(t)
	run.signal(t, syscall.SIGINT)
	r := run.wait(t)
	require.Equal(t, 130, r.code, r.stderr)
	require.Equal(t, "resell: interrupted\n", r.stderr)
	require.Empty(t, r.stdout)
	p.release()
	kept := strings.Fields(customer(t, s.url, token).must(t, "company", "list", "-o", "name"))
	require.GreaterOrEqual(t, len(kept), 1000)
	require.Less(t, len(kept), rows)

	r = u.resell(t, "company", "import", "--file", "schools.csv", "--results", "results.csv")
	require.Zero(t, r.code, r.stderr)
	listed := strings.Fields(u.must(t, "company", "list", "--json", "domain", "--jq", ".[].domain"))
	require.Len(t, listed, rows)
	require.Len(t, set(listed), rows)
	ids := set(strings.Fields(u.must(t, "company", "list", "-o", "name")))
	for _, id := range kept {
		require.True(t, ids[id], "a company of the first run is another one now")
	}
	require.Equal(t, rows+1, strings.Count(readFile(t, u.home, "results.csv"), "\n"))

	require.JSONEq(t, fmt.Sprintf(`{"rows":%d,"created":0,"unchanged":%d,"updated":0,"differs":0,"failed":0}`, rows, rows),
		u.must(t, "company", "import", "--file", "schools.csv", "-o", "json"))
}

// TestImportInterruptedBeforeItsEnd presses Ctrl-C while resell waits for more of its
// standard input.
func TestImportInterruptedBeforeItsEnd(t *testing.T) {
	t.Parallel()
	u := customer(t, "http://127.0.0.1:9", "rs_test_unused")
	stdin, hold := pipe(t)
	p := u.start(t, stdin, program("resell"), "company", "import", "--file", "-")
	// A pipe holds 64 KiB: this is over when resell reads.
	_, err := hold.WriteString("name,domain\n" + strings.Repeat("x", 200_000))
	require.NoError(t, err)
	p.signal(t, syscall.SIGINT)
	r := p.wait(t)
	require.Equal(t, 130, r.code, r.stderr)
	require.Equal(t, "resell: interrupted\n", r.stderr)
}
