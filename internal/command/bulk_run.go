package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/config"
)

// runsKept is for how long a run can be gone on with, and is known to be done: shorter
// than the server remembers the idempotency keys, which is 30 days.
const runsKept = 28 * 24 * time.Hour

// bulkOf says what a run does, and for whom: what another does is none of its business.
type bulkOf struct {
	Command  string `json:"command"`
	Reseller string `json:"reseller"`
}

// bulkManifest describes a run.
type bulkManifest struct {
	bulkOf
	ID       string     `json:"id"`
	Key      string     `json:"key"`   // what the rows' idempotency keys begin with
	Input    string     `json:"input"` // hash of the requests, whatever their order
	Header   []string   `json:"header"`
	Rows     int        `json:"rows"`
	Created  time.Time  `json:"created_at"`
	Finished *time.Time `json:"finished_at,omitempty"`
	Failed   int        `json:"failed,omitempty"`
}

// bulkRuns are the runs that were written down, of one command and reseller.
type bulkRuns struct {
	bulkOf
	dir    string
	now    time.Time
	spends bool
}

func openRuns(f *Factory, of bulkOf, spends bool) (bulkRuns, error) {
	dir, err := config.StateDir(f.Getenv)
	return bulkRuns{of, filepath.Join(dir, "runs"), f.Now(), spends}, err
}

// check refuses an input that was begun, or, where it spends, done already.
func (r bulkRuns) check(input string, again bool) error {
	if again {
		return nil
	}
	all, err := r.all()
	if err != nil {
		return err
	}
	for _, m := range all {
		switch {
		case m.Input != input:
		case m.Finished == nil:
			return &RefusedError{
				Code:    "run_unfinished",
				Message: fmt.Sprintf("a run of these very rows was begun on %s, and has not finished", when(m.Created)),
				Hint:    fmt.Sprintf("to go on with it: resell %s --resume=%s; to forget it and do every row anew: --again", r.Command, m.ID),
			}
		case r.spends && r.now.Sub(*m.Finished) < runsKept:
			hint := "if that is meant, give --again"
			if m.Failed > 0 {
				hint = fmt.Sprintf("%d of them failed: run the file of those instead; to do all of them anew, give --again", m.Failed)
			}
			return &RefusedError{
				Code:    "run_repeated",
				Message: fmt.Sprintf("these very rows were done on %s, and once more would cost once more", when(*m.Finished)),
				Hint:    hint,
			}
		}
	}
	return nil
}

// unfinished opens the run to go on with: that of the id, or of the input, or the only
// one.
func (r bulkRuns) unfinished(id, input string) (*bulkRun, error) {
	all, err := r.all()
	if err != nil {
		return nil, err
	}
	var open []bulkManifest
	for _, m := range all {
		if m.Finished == nil && (id == newestRun || m.ID == id) && (input == "" || m.Input == input) {
			open = append(open, m)
		}
	}
	switch {
	case len(open) == 0:
		return nil, &RefusedError{Code: "nothing_to_resume", Message: fmt.Sprintf("there is no run of %s that broke off", r.Command), Hint: "give --from to begin one"}
	case len(open) > 1:
		ids := make([]string, len(open))
		for i, m := range open {
			ids[i] = "--resume=" + m.ID
		}
		return nil, &RefusedError{Code: "several_to_resume", Message: fmt.Sprintf("%d runs of %s broke off", len(open), r.Command), Hint: "say which: " + strings.Join(ids, ", ")}
	case r.now.Sub(open[0].Created) > runsKept:
		return nil, &RefusedError{
			Code:    "run_too_old",
			Message: fmt.Sprintf("the run of %s is too old to go on with: the server may no longer know what was done", when(open[0].Created)),
			Hint:    "see what it has done, and give the rows that are left with --from and --again",
		}
	}
	run, err := openRun(r.dir, open[0])
	if err == nil && run.Finished != nil {
		run.close()
		return r.unfinished(id, input) // another process has finished it just now
	}
	return run, err
}

// all reads the manifests, the oldest first.
func (r bulkRuns) all() ([]bulkManifest, error) {
	entries, err := os.ReadDir(r.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("journal: %w", err)
	}
	var all []bulkManifest
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		m, err := readManifest(filepath.Join(r.dir, e.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue // another process is tidying up
		}
		if err != nil {
			return nil, fmt.Errorf("%w: the run in that folder is damaged; see in the orders what it has done, then remove the folder", err)
		}
		if m.bulkOf == r.bulkOf {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b bulkManifest) int { return a.Created.Compare(b.Created) })
	return all, nil
}

// forget removes runs of the same input, which is done anew, and those that finished
// long ago.
func (r bulkRuns) forget(input string) error {
	all, err := r.all()
	if err != nil {
		return err
	}
	parts, err := filepath.Glob(filepath.Join(r.dir, partPrefix+"*"))
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	for _, part := range parts { // of a process that ended as it wrote it
		if err := os.RemoveAll(part); err != nil {
			return fmt.Errorf("journal: %w", err)
		}
	}
	for _, m := range all {
		old := m.Finished != nil && r.now.Sub(*m.Finished) >= runsKept
		if m.Input != input && !old {
			continue
		}
		run, err := openRun(r.dir, m) // not while another process is at it
		if err != nil {
			return err
		}
		run.close()
		if err := os.RemoveAll(run.dir); err != nil {
			return fmt.Errorf("journal: %w", err)
		}
	}
	return nil
}

func when(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }
