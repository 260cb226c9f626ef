package command

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// bulkAsked is what a file asks for, as runs remember it: without the names and the
// addresses that are in it.
type bulkAsked struct {
	input  string   // all rows, whatever their order
	marks  []string // each row
	mended bool     // the file is one of results: of rows that failed, and were mended
}

// asked gives each row its mark.
func asked[I any](items []BulkItem[I], mended bool) (bulkAsked, error) {
	lines, marks := make([]string, len(items)), make([]string, len(items))
	for i := range items {
		text, err := json.Marshal(items[i].Input)
		if err != nil {
			return bulkAsked{}, fmt.Errorf("journal: %w", err)
		}
		lines[i], marks[i] = string(text), hashOf(string(text))[:16]
		items[i].Mark = marks[i]
	}
	slices.Sort(lines)
	return bulkAsked{hashOf(strings.Join(lines, "\n")), marks, mended}, nil
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// bulkBefore is what the runs before a new one have done of its rows.
type bulkBefore struct {
	after []string  // ids of the runs
	done  []string  // marks of rows that are not done again
	left  []leftRow // rows that failed then
}

// leftRow is a row that failed: tried again, it has the same idempotency key.
type leftRow struct {
	Mark string `json:"mark"`
	Key  string `json:"key"`
}

// before finds what was done of the rows already. It refuses rows that were begun, with
// run_unfinished, and, where that spends, those that were done, with run_repeated. Where
// some of them failed, the others are not done again: neither for the same file, nor for
// one in which only rows that failed were mended, or rows were added.
func (r bulkRuns) before(asked bulkAsked, again bool) (bulkBefore, error) {
	if again {
		return bulkBefore{}, nil
	}
	all, err := r.all(asked.input, "")
	if err != nil {
		return bulkBefore{}, err
	}
	gone := make(map[string]bool) // runs whose rows that failed were given to another
	for _, m := range all {
		for _, id := range m.After {
			gone[id] = true
		}
	}
	same := slices.DeleteFunc(slices.Clone(all), func(m bulkManifest) bool {
		return m.Input != asked.input || m.Finished != nil && !r.counts(m)
	})
	if len(same) > 0 {
		return r.sameBefore(same, gone, asked)
	}
	return r.likeBefore(all, gone, asked)
}

// sameBefore is before where the very same rows were begun.
func (r bulkRuns) sameBefore(same []bulkManifest, gone map[string]bool, asked bulkAsked) (bulkBefore, error) {
	furthest := same[0]
	for _, m := range same {
		switch {
		case m.Finished == nil:
			return bulkBefore{}, r.begun(m)
		case m.Failed > 0 && !gone[m.ID]:
			return r.takeOver(m, asked)
		case m.doneRows() > furthest.doneRows():
			furthest = m
		}
	}
	return bulkBefore{}, r.repeated(furthest, furthest.Before+furthest.Rows, furthest.Failed)
}

// likeBefore is before where other rows were begun, of which some may be among these.
func (r bulkRuns) likeBefore(all []bulkManifest, gone map[string]bool, asked bulkAsked) (bulkBefore, error) {
	var left bulkBefore
	for _, m := range all {
		switch {
		case m.Finished == nil && r.spends && holds(asked.marks, r.doneOf(m)):
			return bulkBefore{}, r.begun(m)
		case !r.counts(m) || m.Failed == 0 || gone[m.ID]:
		case asked.mended:
			left.after, left.left = append(left.after, m.ID), append(left.left, m.Left...)
		case holds(asked.marks, m.Done):
			return r.takeOver(m, asked)
		}
	}
	return left, nil
}

// counts reports whether what a run has done is not done once more.
func (r bulkRuns) counts(m bulkManifest) bool {
	return r.spends && m.Finished != nil && r.now.Sub(*m.Finished) < runsKept
}

// takeOver leaves out what a run has done.
func (r bulkRuns) takeOver(m bulkManifest, asked bulkAsked) (bulkBefore, error) {
	if len(m.Done) == len(asked.marks) {
		return bulkBefore{}, r.repeated(m, len(m.Done), 0)
	}
	return bulkBefore{[]string{m.ID}, m.Done, m.Left}, nil
}

// holds reports whether all of some rows, and at least one, are among rows.
func holds(rows, some []string) bool {
	there := count(rows)
	for _, mark := range some {
		if there[mark]--; there[mark] < 0 {
			return false
		}
	}
	return len(some) > 0
}

func count(marks []string) map[string]int {
	times := make(map[string]int, len(marks))
	for _, mark := range marks {
		times[mark]++
	}
	return times
}

// begun refuses rows of a run that has not finished. A row without a result may be done,
// too: its answer may have been lost.
func (r bulkRuns) begun(m bulkManifest) error {
	hint := fmt.Sprintf("to go on with it: resell %s --resume=%s; --again does ALL rows anew, also those that are done", r.Command, m.ID)
	if r.spends {
		hint += ", and pays for them once more"
	}
	return &RefusedError{
		Code: "run_unfinished",
		Message: fmt.Sprintf("the run %s of these very rows was begun on %s, and has not finished: %d of %d rows are known to be done",
			m.ID, when(m.Created), len(r.doneOf(m)), m.Before+m.Rows),
		Hint: hint,
	}
}

// repeated refuses rows that a run has done, all of them or all but those that were given
// to another run.
func (r bulkRuns) repeated(m bulkManifest, rows, failed int) error {
	what, anew := fmt.Sprintf("all %d rows were done by the run %s on %s", rows, m.ID, when(*m.Finished)), fmt.Sprintf("ALL %d rows", rows)
	if rows == 1 {
		what, anew = fmt.Sprintf("the row was done by the run %s on %s", m.ID, when(*m.Finished)), "the row"
	}
	if failed > 0 {
		what = fmt.Sprintf("%d of %d rows were done by the run %s on %s, and those that failed were given to another run after it",
			rows-failed, rows, m.ID, when(*m.Finished))
	}
	return &RefusedError{
		Code:    "run_repeated",
		Message: what + ": nothing is done now, because once more would cost once more",
		Hint:    "only where that is meant, give --again: it does " + anew + " anew, and pays once more",
	}
}

// rest leaves out the rows that were done. Those that failed keep their keys.
func rest[I any](items []BulkItem[I], before bulkBefore) []BulkItem[I] {
	done := count(before.done)
	keys := make(map[string][]string, len(before.left))
	for _, row := range before.left {
		keys[row.Mark] = append(keys[row.Mark], row.Key)
	}
	var left []BulkItem[I]
	for _, item := range items {
		if done[item.Mark] > 0 {
			done[item.Mark]--
			continue
		}
		if own := keys[item.Mark]; len(own) > 0 {
			item.Key, keys[item.Mark] = own[0], own[1:]
		}
		left = append(left, item)
	}
	return left
}
