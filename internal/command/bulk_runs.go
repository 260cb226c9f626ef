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
	ID       string      `json:"id"`
	Key      string      `json:"key"`   // what the rows' idempotency keys begin with
	Input    string      `json:"input"` // hash of the requests, whatever their order
	Header   []string    `json:"header"`
	Again    bool        `json:"again,omitempty"` // takes no account of what was done before
	Past     []string    `json:"past,omitempty"`  // ids of the runs that had finished before it was begun
	Terms    string      `json:"terms,omitempty"` // flags that no row has, until it has finished
	Rows     int         `json:"rows"`
	Created  time.Time   `json:"created_at"`
	Finished *time.Time  `json:"finished_at,omitempty"`
	Done     []rowBefore `json:"done,omitempty"` // rows that it has done, where that spends
}

// bulkRuns are the runs that were written down, of one command and reseller.
type bulkRuns struct {
	bulkOf
	dir    string
	now    time.Time
	spends bool
	terms  string // of the run to begin
	same   string // flags that say which API is called
	warn   func(format string, args ...any)
	warned map[string]bool // of these folders
}

func openRuns(f *Factory, of bulkOf, spends bool) (bulkRuns, error) {
	dir, err := config.StateDir(f.Getenv)
	return bulkRuns{of, filepath.Join(dir, "runs"), f.Now(), spends, "", f.SameAPI(), f.Note, make(map[string]bool)}, err
}

// of is what the folder of a run has in its name of what the run does: that is known even
// where what is in the folder is damaged.
func (r bulkRuns) of() string {
	return hashOf(r.Command + "\n" + r.Reseller)[:8]
}

// unfinished opens the run to go on with: that of the id, or of the input, or the only
// one.
func (r bulkRuns) unfinished(id, input string) (*bulkRun, error) {
	all, err := r.all(id)
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

// all reads the manifests, the oldest first. A damaged one stops those who ask for it by
// its id, and what spends, since nobody knows which rows it has done; others are told.
func (r bulkRuns) all(id string) ([]bulkManifest, error) {
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
			if err := r.damaged(e.Name(), id, err); err != nil {
				return nil, err
			}
			continue
		}
		if m.bulkOf == r.bulkOf {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b bulkManifest) int { return a.Created.Compare(b.Created) })
	return all, nil
}

func (r bulkRuns) damaged(folder, id string, err error) error {
	parts := strings.Split(folder, "-")
	ours := len(parts) != 3 || parts[1] == r.of()
	if ours && r.spends || folder == id {
		return fmt.Errorf("%w: the run in that folder is damaged, and may have done some of these rows; see what it has done, then remove the folder", err)
	}
	if ours && !r.warned[folder] {
		r.warned[folder] = true
		r.warn("%s is damaged: the run in that folder is passed over, and cannot be gone on with", filepath.Join(r.dir, folder))
	}
	return nil
}

// forget removes runs that finished long ago, and, where it is done anew, those of the
// same input but the new one.
func (r bulkRuns) forget(run bulkManifest, again bool) error {
	all, err := r.all("")
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
		if !old && (!again || m.Input != run.Input) || m.ID == run.ID {
			continue
		}
		run, err := openRun(r.dir, m) // not while another process is at it
		if err != nil {
			return err
		}
		run.close()
		if err := removeRun(r.dir, m.ID); err != nil {
			return fmt.Errorf("journal: %w", err)
		}
	}
	return nil
}

// removeRun removes a run as a whole: what is left of it where that is broken off is none.
func removeRun(dir, id string) error {
	part := filepath.Join(dir, partPrefix+id)
	return errors.Join(os.Rename(filepath.Join(dir, id), part), os.RemoveAll(part))
}

func when(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }
