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

// rowBefore is a row that a run has done.
type rowBefore struct {
	Mark  string `json:"mark"`
	ID    string `json:"id,omitempty"`    // of what it changed or made
	Order string `json:"order,omitempty"` // number of the order that it made
	run   bulkManifest
}

// bulkBefore are the rows that were done before, by their marks.
type bulkBefore map[string][]rowBefore

// before finds what was done of the rows already, where to do them again would cost once
// more. It refuses them with run_unfinished where a run that broke off may have done one
// of them, or is of all of them.
func (r bulkRuns) before(asked bulkAsked, again bool) (bulkBefore, error) {
	if again {
		return bulkBefore{}, nil
	}
	all, err := r.all("")
	if err != nil {
		return nil, err
	}
	found := make(bulkBefore)
	for _, m := range all {
		if m.Finished == nil {
			if m, err = r.checkUnfinished(m, asked); err != nil {
				return nil, err
			}
		}
		if r.counts(m) {
			found.add(m)
		}
	}
	return found, nil
}

// since finds what runs have done that finished after another was begun.
func (r bulkRuns) since(run bulkManifest) (bulkBefore, error) {
	all, err := r.all(run.ID)
	if err != nil {
		return nil, err
	}
	found := make(bulkBefore)
	for _, m := range all {
		if r.counts(m) && !slices.Contains(run.Past, m.ID) {
			found.add(m)
		}
	}
	return found, nil
}

// past are the ids of the runs that have finished.
func (r bulkRuns) past() ([]string, error) {
	all, err := r.all("")
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range all {
		if r.counts(m) {
			ids = append(ids, m.ID)
		}
	}
	return ids, nil
}

func (b bulkBefore) add(m bulkManifest) {
	for _, row := range m.Done {
		row.run = m
		b[row.Mark] = append(b[row.Mark], row)
	}
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
		return m, r.damaged(m.ID, "", err)
	case m.Finished != nil:
		return m, nil
	}
	same := m.Input == asked.input
	begun := make(map[string]bool, len(done)+len(open))
	for _, mark := range slices.Concat(done, open) {
		begun[mark] = true
	}
	some := slices.ContainsFunc(asked.marks, func(mark string) bool { return begun[mark] })
	// It may have gone on until the last moment at which it could.
	if old := r.now.Sub(m.Created) >= 2*runsKept; !same && (old || !r.spends || !some) {
		return m, nil
	}
	what := "of these very rows"
	if !same {
		what = "of some of these rows"
	}
	hint := fmt.Sprintf("to go on with it: resell %s --resume=%s%s; --again does ALL rows anew, also those that are done", r.Command, m.ID, r.same)
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
// row.
func rest[I any](items []BulkItem[I], before bulkBefore) rowsLeft[I] {
	var left rowsLeft[I]
	taken := make(map[string]int)
	for _, item := range items {
		n := taken[item.Mark]
		if n == len(before[item.Mark]) {
			left.items = append(left.items, item)
			continue
		}
		was := before[item.Mark][n]
		taken[item.Mark]++
		left.skipped, left.results = append(left.skipped, item), append(left.results, skippedResult(item.Line, was))
		if !slices.Contains(left.runs, was.run.ID) {
			left.runs = append(left.runs, was.run.ID)
		}
	}
	return left
}

func skippedResult(line int, was rowBefore) BulkResult {
	return BulkResult{
		Line: line, ID: was.ID, Status: statusSkipped, Order: was.Order,
		Message: fmt.Sprintf("done by the run %s on %s", was.run.ID, when(*was.run.Finished)),
	}
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
