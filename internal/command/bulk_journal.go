package command

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// createRun writes a run down: it is on disk, whole, before this returns. Two
// processes that begin the same at once do not both get to here.
func createRun[I any](runs bulkRuns, m bulkManifest, items []BulkItem[I], refused map[int]BulkResult, again bool) (*bulkRun, error) {
	if err := os.MkdirAll(runs.dir, 0o700); err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	gate, err := lock(filepath.Join(runs.dir, ".lock"), true)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	defer func() { _ = gate.Close() }()
	if err := runs.check(m.Input, again); err != nil {
		return nil, err
	}
	if again {
		err = runs.forget(m.Input)
	} else {
		err = runs.forget("")
	}
	if err != nil {
		return nil, err
	}
	m.bulkOf, m.Created, m.Key = runs.bulkOf, runs.now.UTC(), rand.Text()
	m.ID = m.Created.Format("20060102T150405Z") + "-" + strings.ToLower(m.Key[:6])
	var requests, results bytes.Buffer
	encoder := json.NewEncoder(&requests)
	for _, item := range items {
		if err := encoder.Encode(item); err != nil {
			return nil, fmt.Errorf("journal: %w", err)
		}
	}
	encoder = json.NewEncoder(&results)
	for row, result := range refused {
		if err := encoder.Encode(rowResult{row, result}); err != nil {
			return nil, fmt.Errorf("journal: %w", err)
		}
	}
	if err := writeRun(runs.dir, m, requests.Bytes(), results.Bytes()); err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	return openRun(runs.dir, m)
}

// writeRun makes the folder of a run, which appears whole or not at all.
func writeRun(dir string, m bulkManifest, requests, results []byte) error {
	manifest, err := json.Marshal(m)
	if err != nil {
		return err
	}
	part, err := os.MkdirTemp(dir, partPrefix)
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{manifestFile: manifest, requestsFile: requests, resultsFile: results} {
		if err := writeSynced(filepath.Join(part, name), content); err != nil {
			return errors.Join(err, os.RemoveAll(part))
		}
	}
	if err := syncDir(part); err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	if err := os.Rename(part, filepath.Join(dir, m.ID)); err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	return syncDir(dir)
}

func writeSynced(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close())
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
	whole := bytes.LastIndexByte(text, '\n') + 1
	for line := range bytes.Lines(text[:whole]) {
		var result rowResult
		if err := json.Unmarshal(line, &result); err != nil {
			continue // damaged: its row is sent again, too
		}
		r.results[result.Row] = result.BulkResult
	}
	if err := r.out.Truncate(int64(whole)); err != nil {
		return err
	}
	_, err = r.out.Seek(int64(whole), io.SeekStart)
	return err
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

// finish notes that the results of all rows were told. What was sent is not needed any
// more, and has names and addresses in it.
func (r *bulkRun) finish(m bulkManifest) error {
	err := r.out.Close()
	r.out = nil
	var text []byte
	if err == nil {
		text, err = json.Marshal(m)
	}
	if err == nil {
		err = WriteFile(filepath.Join(r.dir, manifestFile), text)
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

func readManifest(dir string) (bulkManifest, error) {
	var m bulkManifest
	text, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		return m, fmt.Errorf("journal %s: %w", dir, err)
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

// inputHash names what is asked for, whatever the order of the rows.
func inputHash[I any](items []BulkItem[I]) (string, error) {
	lines := make([]string, len(items))
	for i, item := range items {
		text, err := json.Marshal(item.Input)
		if err != nil {
			return "", fmt.Errorf("journal: %w", err)
		}
		lines[i] = string(text)
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:]), nil
}
