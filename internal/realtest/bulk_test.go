//go:build unix

package realtest

import (
	"encoding/csv"
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

const bulkRows = 5

// bulkRig is what a bulk run is tried with.
type bulkRig struct {
	db     string
	server *server
	wire   *tripwire
	user   user
	orders int // that there are, and should be
}

func newBulkRig(t *testing.T) *bulkRig {
	t.Helper()
	r := &bulkRig{db: sqlite(t), wire: newTripwire(t)}
	token := bootstrap(t, r.db)
	r.restart(t)
	r.user = customer(t, r.wire.url, token).with("RESELL_MAX_WAIT=0s")
	r.user.must(t, "company", "create", "School", "--domain", "school.example", "--email", "office@school.example")
	return r
}

func (r *bulkRig) restart(t *testing.T) {
	t.Helper()
	r.server = serve(t, r.db)
	r.wire.forward(r.server.url)
}

// killedAt starts resell, kills it at a request, and waits until it has ended. It
// reports whether that was before the end of its work.
func (r *bulkRig) killedAt(t *testing.T, at int, when moment, args []string) bool {
	t.Helper()
	started := make(chan *process, 1)
	r.wire.set(at, when, func() {
		p := <-started
		_ = p.cmd.Process.Signal(syscall.SIGKILL)
		<-p.ended
	})
	p := r.user.start(t, nil, program("resell"), args...)
	started <- p
	ended := p.wait(t)
	r.wire.set(0, neverSent, nil)
	if ended.code != -1 { // the last answer was quicker than the kill
		require.Zero(t, ended.code, ended.stderr)
	}
	return ended.code == -1
}

// finish goes on with a run, or begins it where it did not come to that.
func (r *bulkRig) finish(t *testing.T, verb, args []string) {
	t.Helper()
	resume := append(append([]string(nil), verb...), "--resume", "--results", "results.csv", "-o", "json")
	ended := r.user.resell(t, resume...)
	if strings.Contains(ended.stderr, "nothing_to_resume") {
		require.Equal(t, 5, ended.code)
		ended = r.user.resell(t, append(args, "-o", "json")...)
	}
	if strings.Contains(ended.stderr, "run_repeated") { // it was finished, and only not heard of
		require.Equal(t, 5, ended.code)
	} else {
		require.Zero(t, ended.code, ended.stderr)
		rows, err := csv.NewReader(strings.NewReader(readFile(t, r.user.home, "results.csv"))).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 1+bulkRows)
		for _, row := range rows[1:] {
			require.Equal(t, "done", row[len(row)-3], row)
		}
	}
	again := r.user.resell(t, args...)
	require.Equal(t, 5, again.code, "done once more: %s", again.stdout)
	r.orders += bulkRows
}

// buying writes a file of purchases, each with a name of its own, and gives the
// command that makes them.
func (r *bulkRig) buying(t *testing.T, run string) (verb, args, names []string) {
	t.Helper()
	var text strings.Builder
	text.WriteString("company,product,term,quantity,name\n")
	for row := range bulkRows {
		name := fmt.Sprintf("%s-row%d", run, row)
		names = append(names, name)
		fmt.Fprintf(&text, "school.example,seat,yearly:1,%d,%s\n", row+1, name)
	}
	verb = []string{"license", "add"}
	writeFile(t, filepath.Join(r.user.home, "rows.csv"), text.String())
	return verb, append(append([]string(nil), verb...), "--from", "rows.csv", "--yes", "--results", "results.csv"), names
}

func (r *bulkRig) requireOnce(t *testing.T, names []string) {
	t.Helper()
	found := strings.Fields(r.user.must(t, "license", "list", "--search", names[0][:strings.LastIndex(names[0], "-")+1], "--json", "name", "--jq", ".[].name"))
	require.ElementsMatch(t, names, found)
}

// TestBulkKilled kills resell at every request of a run over many rows, before the
// server has heard of it, after the server has carried it out, and as the answer
// arrives; then once more while it goes on. Every row is bought once.
func TestBulkKilled(t *testing.T) {
	t.Parallel()
	r := newBulkRig(t)
	const requests = 1 + bulkRows + bulkRows // who it is, a preview and a purchase of each row
	for _, when := range []moment{neverSent, answerLost, answerSent} {
		for at := 1; at <= requests; at++ {
			run := fmt.Sprintf("run%dx%d", when, at)
			verb, args, names := r.buying(t, run)
			killed := r.killedAt(t, at, when, args)
			if killed && at > 1+bulkRows { // and while it goes on
				r.killedAt(t, 2+at%3, moment(at%2), append(append([]string(nil), verb...), "--resume"))
			}
			r.finish(t, verb, args)
			r.requireOnce(t, names)
		}
	}
	require.Equal(t, r.orders, audit(t, r.db).orders)
}

// TestBulkServerKilled kills reselld at moments of a run over many rows. It is started
// again, and the run goes on.
func TestBulkServerKilled(t *testing.T) {
	t.Parallel()
	r := newBulkRig(t)
	for _, when := range []moment{neverSent, answerLost} {
		for at := 2; at <= 1+bulkRows+bulkRows; at += 2 {
			run := fmt.Sprintf("run%dx%d", when, at)
			verb, args, names := r.buying(t, run)
			r.wire.set(at, when, r.server.kill)
			ended := r.user.resell(t, args...)
			require.Equal(t, 6, ended.code, ended.stderr)
			require.Empty(t, ended.stdout)
			r.wire.set(0, neverSent, nil)
			r.restart(t)
			r.finish(t, verb, args)
			r.requireOnce(t, names)
		}
	}
	require.Equal(t, r.orders, audit(t, r.db).orders)
}

// TestBulkExtendKilled does the same with what changes licenses that are there, in one
// run that is killed again and again as it goes on.
func TestBulkExtendKilled(t *testing.T) {
	t.Parallel()
	r := newBulkRig(t)
	_, args, _ := r.buying(t, "first")
	r.user.must(t, args...)
	r.orders += bulkRows
	ids := strings.Fields(r.user.must(t, "license", "list", "-o", "name"))
	require.Len(t, ids, bulkRows)
	writeFile(t, filepath.Join(r.user.home, "ids.txt"), strings.Join(ids, "\n"))
	verb := []string{"license", "extend"}
	args = append(append([]string(nil), verb...), "--from", "ids.txt", "--term", "yearly:1", "--yes", "--results", "results.csv")
	// The first write, then a write of every resumed run.
	require.True(t, r.killedAt(t, 2+bulkRows, answerLost, args))
	for range bulkRows - 2 {
		r.killedAt(t, 2, answerLost, append(append([]string(nil), verb...), "--resume", "--workers", "1"))
	}
	r.finish(t, verb, args)
	require.Len(t, strings.Fields(r.user.must(t, "order", "list", "--all", "-o", "name")), r.orders)
	ends := set(strings.Fields(r.user.must(t, "license", "list", "--json", "ends_on", "--jq", ".[].ends_on")))
	require.Len(t, ends, 1, "each was extended once: %v", ends)
	// Of 1 to 5 seats at 1.00 each: bought, and extended.
	require.Equal(t, "-3000", r.user.must(t, "balance", "view", "--json", "purchases", "--jq", ".[].purchases"))
}

// TestBulkEditKilled loses the answers to edits, which have no idempotency key: one that
// finds its license at another version, and just as it asks for, is done.
func TestBulkEditKilled(t *testing.T) {
	t.Parallel()
	r := newBulkRig(t)
	_, args, _ := r.buying(t, "first")
	r.user.must(t, args...)
	var text strings.Builder
	text.WriteString("license,note,version\n")
	for id := range strings.FieldsSeq(r.user.must(t, "license", "list", "-o", "name")) {
		fmt.Fprintf(&text, "%s,\"in the \"\"lobby\"\" <1>\",1\n", id)
	}
	writeFile(t, filepath.Join(r.user.home, "edit.csv"), text.String())
	args = []string{"license", "edit", "--from", "edit.csv", "--yes"}
	require.True(t, r.killedAt(t, 2+bulkRows, answerLost, args))
	states := r.user.must(t, "license", "edit", "--resume", "--json", "status", "--jq", ".[].status")
	require.Equal(t, strings.Repeat("done\n", bulkRows-1)+"done", states)
	notes := r.user.must(t, "license", "list", "--json", "note,version", "-o", "ndjson")
	require.Equal(t, bulkRows, strings.Count(notes, `"version":2`), notes)
}

// TestBulkServerFails has the server fail at one row, which it has carried out all the
// same: the others are done, and that one is found out about.
func TestBulkServerFails(t *testing.T) {
	t.Parallel()
	r := newBulkRig(t)
	verb, args, names := r.buying(t, "run")
	r.wire.set(1+bulkRows+2, serverFails, func() {})
	ended := r.user.resell(t, args...)
	require.Equal(t, 1, ended.code, ended.stderr)
	require.Empty(t, ended.stdout)
	require.Contains(t, ended.stderr, "4 of 5 rows have their result")
	r.wire.set(0, neverSent, nil)
	r.finish(t, verb, args)
	r.requireOnce(t, names)
	require.Equal(t, r.orders, audit(t, r.db).orders)
}

// TestBulkInterrupted presses Ctrl-C: what is to be done is said.
func TestBulkInterrupted(t *testing.T) {
	t.Parallel()
	r := newBulkRig(t)
	verb, args, names := r.buying(t, "run")
	started := make(chan *process, 1)
	r.wire.set(1+bulkRows+2, answerLost, func() {
		p := <-started
		_ = p.cmd.Process.Signal(syscall.SIGINT)
		<-p.ended
	})
	p := r.user.start(t, nil, program("resell"), args...)
	started <- p
	ended := p.wait(t)
	require.Equal(t, 130, ended.code, ended.stderr)
	require.Empty(t, ended.stdout)
	require.Regexp(t, `resell: interrupted\n  \d of 5 rows have their result; no row is done twice when it goes on\n  try: resell license add --resume=`, ended.stderr)
	r.finish(t, verb, args)
	r.requireOnce(t, names)
	require.Equal(t, r.orders, audit(t, r.db).orders)
}
