package command

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// items are rows that ask for what their text says.
func itemsOf(rows ...string) []BulkItem[string] {
	items := make([]BulkItem[string], len(rows))
	for i, row := range rows {
		items[i] = BulkItem[string]{Line: i + 2, Input: row}
	}
	return items
}

// carried carries out rows, of which some fail, as of a file, or of one of results.
func carried(t *testing.T, runs bulkRuns, mended bool, rows, fail []string) ([]BulkItem[string], *bulkRun, error) {
	t.Helper()
	items := itemsOf(rows...)
	what, err := asked(items, mended)
	require.NoError(t, err)
	before, err := runs.before(what, false)
	if err != nil {
		return nil, nil, err
	}
	items = rest(items, before)
	run, err := createRun(runs, what, before, nil, items, nil, false)
	require.NoError(t, err)
	defer run.close()
	m := run.bulkManifest
	m.Finished = &runs.now
	for row, item := range items {
		if slices.Contains(fail, item.Input) {
			m.Failed++
			m.Left = append(m.Left, leftRow{item.Mark, run.keyOf(row, item.Key)})
		} else {
			m.Done = append(m.Done, item.Mark)
		}
	}
	if m.Failed == 0 {
		m.Done = nil
	}
	require.NoError(t, run.finish(m))
	return items, run, nil
}

func inputsOf(items []BulkItem[string]) []string {
	var all []string
	for _, item := range items {
		all = append(all, item.Input)
	}
	return all
}

func TestRowsThatFailedAreTriedAlone(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	_, first, err := carried(t, runs, false, []string{"a", "a", "b", "c"}, []string{"b", "c"})
	require.NoError(t, err)

	items, second, err := carried(t, runs, false, []string{"c", "a", "b", "a"}, []string{"b"})
	require.NoError(t, err)
	require.Equal(t, []string{"c", "b"}, inputsOf(items))
	require.Equal(t, first.Key+"-3", second.keyOf(0, items[0].Key), "with the key that it had")
	require.Equal(t, first.Key+"-2", second.keyOf(1, items[1].Key))

	items, _, err = carried(t, runs, false, []string{"a", "a", "b", "c"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"b"}, inputsOf(items))
	require.Equal(t, first.Key+"-2", items[0].Key, "also the third time")
	_, _, err = carried(t, runs, false, []string{"a", "a", "b", "c"}, nil)
	requireRefused(t, err, "run_repeated")
	require.ErrorContains(t, err, "all 4 rows were done by the run ")

	later := runs
	later.now = runs.now.Add(runsKept)
	items, _, err = carried(t, later, false, []string{"a", "a", "b", "c"}, nil)
	require.NoError(t, err)
	require.Len(t, items, 4)
}

func TestRowsThatFailedAreMendedInTheirFile(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	_, _, err := carried(t, runs, false, []string{"a", "b", "typo"}, []string{"typo"})
	require.NoError(t, err)
	items, _, err := carried(t, runs, false, []string{"a", "c"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"a", "c"}, inputsOf(items), "another file, which happens to have a row of it")
	_, _, err = carried(t, runs, false, []string{"b", "a"}, nil)
	requireRefused(t, err, "run_repeated")
	items, _, err = carried(t, runs, false, []string{"a", "b", "mended", "more"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"mended", "more"}, inputsOf(items))
	for _, done := range [][]string{{"a", "b", "mended", "more"}, {"a", "b", "typo"}} {
		_, _, err = carried(t, runs, false, done, nil)
		requireRefused(t, err, "run_repeated")
	}
}

// What failed is given once more in the file of results: then the file it is of is done.
func TestRowsThatFailedAreMendedInAFileOfTheirOwn(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	_, first, err := carried(t, runs, false, []string{"a", "b", "c"}, []string{"b", "c"})
	require.NoError(t, err)
	items, _, err := carried(t, runs, true, []string{"a", "b"}, []string{"a"})
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b"}, inputsOf(items), "a row was mended to what another row asks for")
	require.Equal(t, first.Key+"-1", items[1].Key, "it was not mended")
	_, _, err = carried(t, runs, false, []string{"a", "b", "c"}, nil)
	requireRefused(t, err, "run_repeated")
	require.ErrorContains(t, err, "1 of 3 rows were done")
	items, _, err = carried(t, runs, true, []string{"a", "b"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{"a"}, inputsOf(items))
	_, _, err = carried(t, runs, true, []string{"a", "b"}, nil)
	requireRefused(t, err, "run_repeated")
}

// Rows are not done again beside a run that broke off and has done some of them.
func TestRowsOfARunThatBrokeOff(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	run, err := testRun(t, runs, false, "a", "typo", "b")
	require.NoError(t, err)
	other, err := testRun(t, runs, false, "a", "b")
	require.NoError(t, err, "nothing is done yet")
	other.close()
	require.NoError(t, run.record(0, BulkResult{Line: 2, Status: statusDone}))
	require.NoError(t, run.record(1, BulkResult{Line: 3, Status: statusFailed}))
	run.close()
	_, err = testRun(t, runs, false, "a", "mended", "b")
	requireRefused(t, err, "run_unfinished")
	require.ErrorContains(t, err, "1 of 3 rows are known to be done")
	cheap := runs
	cheap.spends = false
	_, err = testRun(t, cheap, false, "a", "mended", "b")
	require.NoError(t, err)
}

// A run that cannot be read stops those alone whose rows may be in it.
func TestDamagedRun(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	var told []string
	runs.warn = func(_ string, args ...any) { told = append(told, args[0].(string)) } //nolint:forcetypeassert // a folder
	_, damaged, err := carried(t, runs, false, []string{"a", "b"}, nil)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(damaged.dir, manifestFile), []byte(`{"command":"lic`), 0o600))
	_, _, err = carried(t, runs, false, []string{"b", "a"}, nil)
	require.ErrorContains(t, err, "may be of these very rows")
	_, err = testRun(t, runs, true, "a", "b")
	require.ErrorContains(t, err, damaged.dir)
	require.Empty(t, told)

	_, _, err = carried(t, runs, false, []string{"a", "c"}, nil)
	require.NoError(t, err)
	require.Equal(t, []string{damaged.dir}, told, "once")
	_, err = runs.unfinished(newestRun, "")
	requireRefused(t, err, "nothing_to_resume")
	_, err = runs.unfinished(damaged.ID, "")
	require.ErrorContains(t, err, damaged.dir)
	stranger := runs
	stranger.Reseller = "rsl_2"
	_, _, err = carried(t, stranger, false, []string{"a", "b"}, nil)
	require.NoError(t, err)

	require.NoError(t, os.Rename(damaged.dir, filepath.Join(runs.dir, "20261121T120000Z-abcdef")))
	_, _, err = carried(t, runs, false, []string{"d"}, nil)
	require.ErrorContains(t, err, "may be of these very rows", "whose rows nobody knows")
}
