package command

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// bulkAsked is what a file asks for, as runs remember it: without the names and the
// addresses that are in it.
type bulkAsked struct {
	input string   // all rows, whatever their order
	marks []string // each row
}

// asked gives each row its mark.
func (b Bulk[I, O]) asked(items []BulkItem[I]) (bulkAsked, error) {
	marks := make([]string, len(items))
	for i := range items {
		same := any(items[i].Input)
		if b.Same != nil {
			same = b.Same(items[i].Input)
		}
		text, err := json.Marshal(same)
		if err != nil {
			return bulkAsked{}, fmt.Errorf("journal: %w", err)
		}
		marks[i] = hashOf(string(text))[:16]
		items[i].Mark = marks[i]
	}
	return bulkAsked{hashOf(strings.Join(slices.Sorted(slices.Values(marks)), "\n")), marks}, nil
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// rowBefore is a row of a run that has finished.
type rowBefore struct {
	Mark  string `json:"mark"`
	Key   string `json:"key"`             // for idempotency
	ID    string `json:"id,omitempty"`    // of what it changed or made
	Order string `json:"order,omitempty"` // number of the order that it made
	run   bulkManifest
}

// bulkBefore is what became of rows in the runs before a new one, by their marks.
type bulkBefore struct {
	done   map[string][]rowBefore
	failed map[string][]rowBefore
}

// before finds what was done of the rows already, where to do them again would cost once
// more. It refuses them with run_unfinished where a run that broke off may have done one
// of them, or is of all of them.
func (r bulkRuns) before(asked bulkAsked, again bool) (bulkBefore, error) {
	found := bulkBefore{make(map[string][]rowBefore), make(map[string][]rowBefore)}
	if again {
		return found, nil
	}
	all, err := r.all(asked.input, "")
	if err != nil {
		return found, err
	}
	used := make(map[string]bool) // keys of rows that were done
	for _, m := range all {
		if m.Finished == nil {
			if m, err = r.checkUnfinished(m, asked); err != nil {
				return found, err
			}
		}
		if !r.counts(m) {
			continue
		}
		for _, row := range m.Done {
			row.run, used[row.Key] = m, true
			found.done[row.Mark] = append(found.done[row.Mark], row)
		}
		for _, row := range m.Left {
			row.run = m
			found.failed[row.Mark] = append(found.failed[row.Mark], row)
		}
	}
	for mark, rows := range found.failed {
		rows = slices.DeleteFunc(rows, func(row rowBefore) bool { return used[row.Key] })
		found.failed[mark] = slices.CompactFunc(rows, func(a, b rowBefore) bool { return a.Key == b.Key })
	}
	return found, nil
}

// counts reports whether what a run has done is not done once more.
func (r bulkRuns) counts(m bulkManifest) bool {
	return r.spends && m.Finished != nil && r.now.Sub(*m.Finished) < runsKept
}

// checkUnfinished refuses rows of a run that has not finished. A row without a result may
// be done, too: its answer may have been lost. It gives the run as it is by then.
func (r bulkRuns) checkUnfinished(m bulkManifest, asked bulkAsked) (bulkManifest, error) {
	m, done, open, err := r.stateOf(m)
	switch {
	case errors.Is(err, fs.ErrNotExist): // it was given up meanwhile
		return m, nil
	case err != nil:
		return m, r.damaged(m.ID, asked.input, "", err)
	case m.Finished != nil:
		return m, nil
	}
	same := m.Input == asked.input
	begun := make(map[string]bool, len(done)+len(open))
	for _, mark := range slices.Concat(done, open) {
		begun[mark] = true
	}
	some := slices.ContainsFunc(asked.marks, func(mark string) bool { return begun[mark] })
	if old := r.now.Sub(m.Created) >= runsKept; !same && (old || !r.spends || !some) {
		return m, nil
	}
	what := "of these very rows"
	if !same {
		what = "of some of these rows"
	}
	hint := fmt.Sprintf("to go on with it: resell %s --resume=%s; --again does ALL rows anew, also those that are done", r.Command, m.ID)
	if r.spends {
		hint += ", and pays for them once more"
	}
	return m, &RefusedError{
		Code: "run_unfinished",
		Message: fmt.Sprintf("the run %s %s was begun on %s, and has not finished: %d of %d rows are known to be done",
			m.ID, what, when(m.Created), len(done), m.Rows),
		Hint: hint,
	}
}

// rowsLeft are the rows of a file that are still to be done, and those that are not.
type rowsLeft[I any] struct {
	items   []BulkItem[I]
	skipped []BulkItem[I]
	results []BulkResult // of those that are skipped
	runs    []string     // ids of the runs that have done them
}

// rest parts the rows that were done from the others: what was done once stands for one
// row. Those that failed keep their keys.
func rest[I any](items []BulkItem[I], before bulkBefore) rowsLeft[I] {
	var left rowsLeft[I]
	taken, tried := make(map[string]int), make(map[string]int)
	for _, item := range items {
		if n := taken[item.Mark]; n < len(before.done[item.Mark]) {
			was := before.done[item.Mark][n]
			taken[item.Mark]++
			left.skipped = append(left.skipped, item)
			left.results = append(left.results, BulkResult{
				Line: item.Line, ID: was.ID, Status: statusSkipped, Order: was.Order,
				Message: fmt.Sprintf("done by the run %s on %s", was.run.ID, when(*was.run.Finished)),
			})
			if !slices.Contains(left.runs, was.run.ID) {
				left.runs = append(left.runs, was.run.ID)
			}
			continue
		}
		if n := tried[item.Mark]; n < len(before.failed[item.Mark]) {
			item.Key = before.failed[item.Mark][n].Key
			tried[item.Mark]++
		}
		left.items = append(left.items, item)
	}
	return left
}

// by names the runs that have done rows.
func (l rowsLeft[I]) by() string {
	if len(l.runs) == 1 {
		return "the run " + l.runs[0]
	}
	return "the runs " + strings.Join(l.runs, ", ")
}

// repeated refuses rows that were all done.
func (l rowsLeft[I]) repeated() error {
	n := len(l.skipped)
	what, anew := fmt.Sprintf("all %d rows were done by %s", n, l.by()), fmt.Sprintf("ALL %d rows", n)
	if n == 1 {
		what, anew = "the row was done by "+l.by(), "the row"
	}
	return &RefusedError{
		Code:    "run_repeated",
		Message: what + ": nothing is done now, because once more would cost once more",
		Hint:    "only where that is meant, give --again: it does " + anew + " anew, and pays once more",
	}
}

// byLine puts results, and what goes with each, in the order of the file.
func byLine(results []BulkResult, cells [][]string) ([]BulkResult, [][]string) {
	order := make([]int, len(results))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(results[a].Line, results[b].Line) })
	sorted, beside := make([]BulkResult, len(results)), make([][]string, len(cells))
	for to, from := range order {
		sorted[to], beside[to] = results[from], cells[from]
	}
	return sorted, beside
}
