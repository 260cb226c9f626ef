package command

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func testRuns(t *testing.T) bulkRuns {
	t.Helper()
	return bulkRuns{
		bulkOf: bulkOf{Command: "license extend", Reseller: "rsl_1"},
		dir:    filepath.Join(t.TempDir(), "runs"), now: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC), spends: true,
		warn: func(format string, args ...any) { t.Logf(format, args...) }, warned: make(map[string]bool),
	}
}

func testRun(t *testing.T, runs bulkRuns, again bool, rows ...string) (*bulkRun, error) {
	t.Helper()
	items := make([]BulkItem[string], len(rows))
	for i, row := range rows {
		items[i] = BulkItem[string]{Line: i + 2, Cells: []string{row}, Input: row}
	}
	what, err := Bulk[string, string]{}.asked(items)
	require.NoError(t, err)
	before, err := runs.before(what, again)
	if err != nil {
		return nil, err
	}
	run, _, err := createRun(runs, what, []string{"license"}, rest(items, before), nil, again)
	return run, err
}

func requireRefused(t *testing.T, err error, code string) {
	t.Helper()
	refused, ok := errors.AsType[*RefusedError](err)
	require.True(t, ok, "%v", err)
	require.Equal(t, code, refused.Code)
}

// A line of the results that was cut off, by a full disk or a kill, is as if it were not
// there, and what is added after it is whole.
func TestRunWithTornResult(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	run, err := testRun(t, runs, false, "a", "b", "c")
	require.NoError(t, err)
	require.NoError(t, run.record(0, BulkResult{Line: 2, Status: statusDone}))
	require.NoError(t, run.record(1, BulkResult{Line: 3, Status: statusDone}))
	run.close()
	path := filepath.Join(run.dir, resultsFile)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	first := bytes.IndexByte(whole, '\n') + 1
	for cut := first; cut < len(whole); cut++ {
		require.NoError(t, os.WriteFile(path, whole[:cut], 0o600))
		again, err := runs.unfinished(newestRun, "")
		require.NoError(t, err)
		require.Len(t, again.results, 1)
		require.Equal(t, run.Key, again.Key)
		require.NoError(t, again.record(2, BulkResult{Line: 4, Status: statusFailed}))
		again.close()
		again, err = runs.unfinished(run.ID, run.Input)
		require.NoError(t, err)
		require.Len(t, again.results, 2)
		require.Equal(t, statusFailed, again.results[2].Status)
		again.close()
	}
}

func TestRunBelongsToOneProcess(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	run, err := testRun(t, runs, false, "a", "b")
	require.NoError(t, err)
	_, err = runs.unfinished(newestRun, "")
	requireRefused(t, err, "run_in_progress")
	_, err = testRun(t, runs, false, "b", "a") // in another order
	requireRefused(t, err, "run_unfinished")
	_, err = testRun(t, runs, true, "a", "b")
	requireRefused(t, err, "run_in_progress")

	other := runs
	other.Reseller = "rsl_2"
	_, err = other.unfinished(newestRun, "")
	requireRefused(t, err, "nothing_to_resume")
	_, err = other.unfinished(run.ID, "")
	requireRefused(t, err, "nothing_to_resume")

	second, err := testRun(t, runs, false, "c")
	require.NoError(t, err)
	second.close()
	run.close()
	_, err = runs.unfinished(newestRun, "")
	requireRefused(t, err, "several_to_resume")
	items, err := readItems[string](run)
	require.NoError(t, err)
	require.Equal(t, "b", items[1].Input)
	entries, err := os.ReadDir(runs.dir)
	require.NoError(t, err)
	require.Len(t, entries, 3, "two runs and the lock: %v", entries)
}

func TestRunFinished(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	runs.terms = " --note 'to Ms Lee'"
	_, run, err := carried(t, runs, []string{"a", "b"})
	require.NoError(t, err)
	require.Equal(t, runs.terms, run.Terms)
	text, err := os.ReadFile(filepath.Join(run.dir, manifestFile))
	require.NoError(t, err)
	require.NotContains(t, string(text), "Ms Lee", "names are kept no longer than they are needed")
	names, err := os.ReadDir(run.dir)
	require.NoError(t, err)
	require.Len(t, names, 2, "the manifest and the lock: %v", names)

	_, err = runs.unfinished(newestRun, "")
	requireRefused(t, err, "nothing_to_resume")
	found, err := runs.before(bulkAsked{input: run.Input}, false)
	require.NoError(t, err)
	require.Len(t, found, 2)
	cheap, later := runs, runs
	cheap.spends, later.now = false, runs.now.Add(runsKept)
	for _, of := range []bulkRuns{cheap, later} {
		found, err = of.before(bulkAsked{input: run.Input}, false)
		require.NoError(t, err)
		require.Empty(t, found)
	}
	found, err = runs.before(bulkAsked{input: run.Input}, true)
	require.NoError(t, err)
	require.Empty(t, found)
	next, err := testRun(t, later, false, "c")
	require.NoError(t, err)
	next.close()
	require.NoDirExists(t, run.dir, "what is old is forgotten")
}

// A line that a power cut has left behind is passed over: its row is sent again, with
// the same key.
func TestRunWithDamagedResult(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	run, err := testRun(t, runs, false, "a", "b")
	require.NoError(t, err)
	require.NoError(t, run.record(0, BulkResult{Line: 2, Status: statusDone}))
	run.close()
	path := filepath.Join(run.dir, resultsFile)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, append(whole, 0, 0, 0, '\n'), 0o600))
	again, err := runs.unfinished(newestRun, "")
	require.NoError(t, err)
	defer again.close()
	require.Len(t, again.results, 1)
	require.Equal(t, run.Key, again.Key)
}

func TestResultsAreNotTheInput(t *testing.T) {
	t.Parallel()
	in := filepath.Join(t.TempDir(), "in.csv")
	require.NoError(t, os.WriteFile(in, []byte("license\n"), 0o600))
	same := filepath.Join(filepath.Dir(in), ".", "x", "..", "in.csv")
	require.NoError(t, os.Mkdir(filepath.Join(filepath.Dir(in), "x"), 0o700))
	require.Error(t, (&BulkFlags{From: in, Results: same}).checkTargets())
	require.Error(t, (&BulkFlags{From: "-", Results: same, Failed: in}).checkTargets())
	require.NoError(t, (&BulkFlags{From: "-", Results: same}).checkTargets())
}

func TestFlagsFillBlankCells(t *testing.T) {
	t.Parallel()
	table := fill(Table{Header: []string{"pay"}, Rows: []TableRow{{2, []string{" "}}, {3, []string{""}}, {4, []string{"card"}}}}, map[string]string{"pay": "invoice"})
	require.Equal(t, []TableRow{{2, []string{"invoice"}}, {3, []string{"invoice"}}, {4, []string{"card"}}}, table.Rows)
}
