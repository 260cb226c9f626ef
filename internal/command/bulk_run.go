package command

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// The files of a run, in a folder of its own.
const (
	manifestFile = "manifest.json"
	requestsFile = "requests.ndjson" // what is sent, written before the first is sent
	resultsFile  = "results.ndjson"  // what it came to, a line as each is answered
	lockFile     = "lock"
	partPrefix   = ".part-" // of the name of a run that is being written
)

// bulkRun is a run that is written down. Only one process has it open.
type bulkRun struct {
	bulkManifest
	dir     string
	lock    *os.File
	results map[int]BulkResult // by row

	mu  sync.Mutex
	out *os.File
}

// rowResult is a line of the results.
type rowResult struct {
	Row int `json:"row"`
	BulkResult
}

// openRun opens a run that no other process has open.
func openRun(dir string, m bulkManifest) (*bulkRun, error) {
	run := &bulkRun{bulkManifest: m, dir: filepath.Join(dir, m.ID), results: make(map[int]BulkResult)}
	var err error
	if run.lock, err = lock(filepath.Join(run.dir, lockFile), false); err != nil {
		if errors.Is(err, errLocked) {
			return nil, &RefusedError{Code: "run_in_progress", Message: "another process is carrying out the run " + m.ID, Hint: "wait for it"}
		}
		return nil, fmt.Errorf("journal: %w", err)
	}
	if run.bulkManifest, err = readManifest(run.dir); err == nil { // as it is now
		err = run.readResults()
	}
	if err != nil {
		run.close()
		return nil, fmt.Errorf("journal: %w", err)
	}
	return run, nil
}

// readResults reads what there is, and leaves the file open to add to. A last line that
// was cut off is as if it were not there: its row is sent again, with the same key.
func (r *bulkRun) readResults() error {
	if r.Finished != nil {
		return nil
	}
	var err error
	if r.out, err = os.OpenFile(filepath.Join(r.dir, resultsFile), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return err
	}
	text, err := io.ReadAll(r.out)
	if err != nil {
		return err
	}
	whole := r.take(text)
	if err := r.out.Truncate(int64(whole)); err != nil {
		return err
	}
	_, err = r.out.Seek(int64(whole), io.SeekStart)
	return err
}

// take reads the results that are whole, and tells where they end.
func (r *bulkRun) take(text []byte) (end int) {
	end = bytes.LastIndexByte(text, '\n') + 1
	for line := range bytes.Lines(text[:end]) {
		var result rowResult
		if err := json.Unmarshal(line, &result); err != nil {
			continue // damaged: its row is sent again, too
		}
		r.results[result.Row] = result.BulkResult
	}
	return end
}

// record adds the result of a row.
func (r *bulkRun) record(row int, result BulkResult) error {
	line, err := json.Marshal(rowResult{row, result})
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, err := r.out.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	r.results[row] = result
	return nil
}

// keyOf is the idempotency key of a row.
func (r *bulkRun) keyOf(row int) string { return fmt.Sprintf("%s-%d", r.Key, row) }

// finish notes that the results of all rows were told. What was sent is not needed any
// more, and has names and addresses in it.
func (r *bulkRun) finish(m bulkManifest) error {
	m.Terms, m.Past = "", nil
	err := r.out.Close()
	r.out = nil
	var text []byte
	if err == nil {
		text, err = json.Marshal(m)
	}
	if err == nil {
		err = WriteFile(filepath.Join(r.dir, manifestFile), text)
	}
	if err == nil {
		err = syncDir(r.dir) // before what it was made of is gone
	}
	for _, name := range []string{requestsFile, resultsFile} {
		if err == nil {
			err = os.Remove(filepath.Join(r.dir, name))
		}
	}
	if err != nil {
		return fmt.Errorf("journal: %w", err)
	}
	return nil
}

func (r *bulkRun) close() {
	for _, file := range []*os.File{r.out, r.lock} {
		if file != nil {
			_ = file.Close() // everything that counts is written
		}
	}
}

// readManifest fails with fs.ErrNotExist where there is no such run.
func readManifest(dir string) (bulkManifest, error) {
	var m bulkManifest
	text, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err == nil && m.ID != filepath.Base(dir) {
		err = errors.New(manifestFile + " is not of this run")
	}
	if _, gone := os.Stat(dir); gone != nil {
		return m, gone
	}
	if err != nil {
		return m, fmt.Errorf("journal %s: %s", dir, err) //nolint:errorlint // the folder is there
	}
	return m, nil
}

func readItems[I any](r *bulkRun) ([]BulkItem[I], error) {
	file, err := os.Open(filepath.Join(r.dir, requestsFile))
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	items := make([]BulkItem[I], 0, r.Rows)
	decoder := json.NewDecoder(bufio.NewReader(file))
	for decoder.More() {
		var item BulkItem[I]
		if err := decoder.Decode(&item); err != nil {
			return nil, fmt.Errorf("journal %s: %w", file.Name(), err)
		}
		items = append(items, item)
	}
	if len(items) != r.Rows {
		return nil, fmt.Errorf("journal %s has %d rows, not %d", file.Name(), len(items), r.Rows)
	}
	return items, nil
}

// stateOf gives the marks of the rows of a run that has not finished, of those that it has
// done and of those that have no result; and the run, which may have finished just now. It
// fails with fs.ErrNotExist where it is no more.
func (r bulkRuns) stateOf(m bulkManifest) (now bulkManifest, done, open []string, err error) {
	run := &bulkRun{bulkManifest: m, dir: filepath.Join(r.dir, m.ID), results: make(map[int]BulkResult)}
	items, failed := readItems[json.RawMessage](run)
	text, unread := os.ReadFile(filepath.Join(run.dir, resultsFile))
	if m, err = readManifest(run.dir); err != nil || m.Finished != nil {
		return m, nil, nil, err
	}
	if err := errors.Join(failed, unread); err != nil {
		return m, nil, nil, fmt.Errorf("journal %s: %s", run.dir, err) //nolint:errorlint // it is there, and a file of it is not
	}
	run.take(text)
	for row, item := range items {
		switch result, known := run.results[row]; {
		case !known:
			open = append(open, item.Mark)
		case result.Status == statusDone:
			done = append(done, item.Mark)
		}
	}
	return m, done, open, nil
}
