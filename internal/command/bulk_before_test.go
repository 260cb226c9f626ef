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

// carried carries out rows, of which some fail. It gives those that it sends.
func carried(t *testing.T, runs bulkRuns, rows []string, fail ...string) ([]BulkItem[string], *bulkRun, error) {
	t.Helper()
	items := itemsOf(rows...)
	what, err := Bulk[string, string]{}.asked(items)
	require.NoError(t, err)
	before, err := runs.before(what, false)
	if err != nil {
		return nil, nil, err
	}
	left := rest(items, before)
	if len(left.items) == 0 {
		return nil, nil, left.repeated()
	}
	run, all, err := createRun(runs, what, nil, left, nil, false)
	require.NoError(t, err)
	defer run.close()
	m := run.bulkManifest
	m.Finished = &runs.now
	for row, item := range all {
		if run.results[row].Status != statusSkipped && !slices.Contains(fail, item.Input) {
			m.Done = append(m.Done, rowBefore{Mark: item.Mark, ID: "lic_" + item.Input})
		}
	}
	require.NoError(t, run.finish(m))
	return left.items, run, nil
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
	file := []string{"a", "a", "b", "c"}
	_, _, err := carried(t, runs, file, "b", "c")
	require.NoError(t, err)
	items, _, err := carried(t, runs, []string{"c", "a", "b", "a"}, "b")
	require.NoError(t, err)
	require.Equal(t, []string{"c", "b"}, inputsOf(items))
	items, _, err = carried(t, runs, file)
	require.NoError(t, err)
	require.Equal(t, []string{"b"}, inputsOf(items))
	_, _, err = carried(t, runs, file)
	requireRefused(t, err, "run_repeated")
	require.ErrorContains(t, err, "all 4 rows were done by the runs ")

	// One more of what was done is a row of its own.
	items, _, err = carried(t, runs, []string{"b", "b"})
	require.NoError(t, err)
	require.Equal(t, []string{"b"}, inputsOf(items))

	later := runs
	later.now = runs.now.Add(runsKept)
	items, _, err = carried(t, later, file)
	require.NoError(t, err)
	require.Len(t, items, 4)
}

// What was done is not done again, in whatever file it stands.
func TestRowsThatWereDone(t *testing.T) {
	t.Parallel()
	for name, then := range map[string][]struct{ rows, sent, fail []string }{
		"mended in the file itself": {{rows: []string{"a", "b", "mended"}, sent: []string{"mended"}}},
		"mended in a file of what failed": {
			{rows: []string{"mended", "typo2"}, sent: []string{"mended", "typo2"}, fail: []string{"typo2"}},
			{rows: []string{"mended", "mended2"}, sent: []string{"mended2"}},
			{rows: []string{"a", "b", "mended"}},
		},
		"tried alone, and then what failed": {{rows: []string{"a", "b", "typo"}, sent: []string{"typo"}}, {rows: []string{"typo"}}},
		"with rows that are added":          {{rows: []string{"new", "b", "a"}, sent: []string{"new"}}, {rows: []string{"a", "b", "new", "newer"}, sent: []string{"newer"}}},
		"without one of them":               {{rows: []string{"b", "mended"}, sent: []string{"mended"}}},
		"together with those of another": {
			{rows: []string{"c", "d"}, sent: []string{"c", "d"}, fail: []string{"d"}},
			{rows: []string{"a", "c", "e", "d"}, sent: []string{"e", "d"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runs := testRuns(t)
			_, _, err := carried(t, runs, []string{"a", "b", "typo"}, "typo")
			require.NoError(t, err)
			for _, run := range then {
				items, _, err := carried(t, runs, run.rows, run.fail...)
				if len(run.sent) == 0 {
					requireRefused(t, err, "run_repeated")
					continue
				}
				require.NoError(t, err)
				require.Equal(t, run.sent, inputsOf(items))
			}
		})
	}
}

// What was done before is told with what it has come to, in the order of the file.
func TestRowsThatAreSkipped(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	_, first, err := carried(t, runs, []string{"a", "b"})
	require.NoError(t, err)
	items := itemsOf("c", "b", "d")
	what, err := Bulk[string, string]{}.asked(items)
	require.NoError(t, err)
	before, err := runs.before(what, false)
	require.NoError(t, err)
	left := rest(items, before)
	run, all, err := createRun(runs, what, nil, left, map[int]BulkResult{1: {Line: 4, Status: statusFailed}}, false)
	require.NoError(t, err)
	defer run.close()
	require.Equal(t, []string{"c", "d", "b"}, inputsOf(all))
	require.Equal(t, map[int]BulkResult{
		1: {Line: 4, Status: statusFailed},
		2: {Line: 3, ID: "lic_b", Status: statusSkipped, Message: "done by the run " + first.ID + " on " + when(runs.now)},
	}, run.results)
	results, cells := byLine([]BulkResult{{Line: 2}, {Line: 4}, {Line: 3}}, [][]string{{"c"}, {"d"}, {"b"}})
	require.Equal(t, []BulkResult{{Line: 2}, {Line: 3}, {Line: 4}}, results)
	require.Equal(t, [][]string{{"c"}, {"b"}, {"d"}}, cells)
}

// What another process has done since the rows were looked at is not done again.
func TestRowsThatAreDoneMeanwhile(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	items := itemsOf("a", "b")
	what, err := Bulk[string, string]{}.asked(items)
	require.NoError(t, err)
	before, err := runs.before(what, false)
	require.NoError(t, err)
	_, _, err = carried(t, runs, []string{"b", "c"})
	require.NoError(t, err)
	_, _, err = createRun(runs, what, nil, rest(items, before), nil, false)
	requireRefused(t, err, "run_in_progress")
	other, err := testRun(t, runs, false, "x", "y")
	require.NoError(t, err)
	defer other.close()
	_, err = testRun(t, runs, false, "z", "y")
	requireRefused(t, err, "run_unfinished")
}

// Rows are not done beside a run that broke off and may have done some of them.
func TestRowsOfARunThatBrokeOff(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	run, err := testRun(t, runs, false, "a", "typo", "b")
	require.NoError(t, err)
	_, err = testRun(t, runs, false, "b", "c")
	requireRefused(t, err, "run_unfinished")
	require.NoError(t, run.record(0, BulkResult{Line: 2, Status: statusDone}))
	require.NoError(t, run.record(1, BulkResult{Line: 3, Status: statusFailed}))
	run.close()
	_, err = testRun(t, runs, false, "a", "mended")
	requireRefused(t, err, "run_unfinished")
	require.ErrorContains(t, err, "of some of these rows was begun")
	require.ErrorContains(t, err, "1 of 3 rows are known to be done")
	other, err := testRun(t, runs, false, "typo", "c")
	require.NoError(t, err, "what failed is not done")
	other.close()
	cheap := runs
	cheap.spends = false
	_, err = testRun(t, cheap, false, "a", "mended", "b")
	require.NoError(t, err)
	later := runs
	later.now = runs.now.Add(2 * runsKept)
	_, err = testRun(t, later, false, "a", "b")
	require.NoError(t, err)
}

// A run that cannot be read stops what spends: which rows it has done, nobody knows.
func TestDamagedRun(t *testing.T) {
	t.Parallel()
	runs := testRuns(t)
	var told []string
	runs.warn = func(_ string, args ...any) { told = append(told, args[0].(string)) } //nolint:forcetypeassert // a folder
	_, damaged, err := carried(t, runs, []string{"a", "b"})
	require.NoError(t, err)
	path := filepath.Join(damaged.dir, manifestFile)
	require.NoError(t, os.Remove(path))
	_, _, err = carried(t, runs, []string{"b", "a"})
	require.ErrorContains(t, err, "may have done some of these rows")
	for _, text := range []string{"", "{}", "null", `{"command":"lic`} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, _, err = carried(t, runs, []string{"b", "a"})
		require.ErrorContains(t, err, "may have done some of these rows", text)
	}
	_, err = testRun(t, runs, true, "a", "b")
	require.ErrorContains(t, err, damaged.dir)
	require.Empty(t, told)

	_, _, err = carried(t, runs, []string{"c"})
	require.ErrorContains(t, err, "may have done some of these rows", "whatever the file is")
	cheap := runs
	cheap.spends = false
	_, _, err = carried(t, cheap, []string{"c"})
	require.NoError(t, err)
	require.Equal(t, []string{damaged.dir}, told, "once")
	_, err = cheap.unfinished(newestRun, "")
	requireRefused(t, err, "nothing_to_resume")
	_, err = cheap.unfinished(damaged.ID, "")
	require.ErrorContains(t, err, damaged.dir)
	stranger := runs
	stranger.Reseller = "rsl_2"
	_, _, err = carried(t, stranger, []string{"a", "b"})
	require.NoError(t, err)

	require.NoError(t, os.Rename(damaged.dir, filepath.Join(runs.dir, "20261121T120000Z-abcdef")))
	_, _, err = carried(t, runs, []string{"d"})
	require.ErrorContains(t, err, "may have done some of these rows", "whose rows nobody knows")
}
