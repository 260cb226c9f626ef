package command

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// createRun writes a run down, with what became of rows already: it is on disk, whole,
// before this returns. Of two processes that begin the same at once, one alone gets to
// here. It gives all rows, those that are left first.
func createRun[I any](runs bulkRuns, what bulkAsked, header []string, left rowsLeft[I], refused map[int]BulkResult, again bool) (*bulkRun, []BulkItem[I], error) {
	if err := os.MkdirAll(runs.dir, 0o700); err != nil {
		return nil, nil, fmt.Errorf("journal: %w", err)
	}
	gate, err := lock(filepath.Join(runs.dir, ".lock"), true)
	if err != nil {
		return nil, nil, fmt.Errorf("journal: %w", err)
	}
	defer func() { _ = gate.Close() }()
	now, err := runs.before(what, again)
	if err != nil {
		return nil, nil, err
	}
	items := slices.Concat(left.items, left.skipped)
	if len(rest(items, now).skipped) != len(left.skipped) {
		return nil, nil, &RefusedError{Code: "run_in_progress", Message: "another process has just done some of these rows; nothing was done", Hint: "run it again: what is done is left out"}
	}
	past, err := runs.past()
	if err != nil {
		return nil, nil, err
	}
	results := maps.Clone(refused)
	if results == nil {
		results = make(map[int]BulkResult)
	}
	for i, result := range left.results {
		results[len(left.items)+i] = result
	}
	m := bulkManifest{
		bulkOf: runs.bulkOf, Created: runs.now.UTC(), Key: rand.Text(), Input: what.input, Header: header, Rows: len(items),
		Terms: runs.terms, Again: again, Past: past,
	}
	m.ID = strings.Join([]string{m.Created.Format("20060102T150405Z"), runs.of(), strings.ToLower(m.Key[:6])}, "-")
	if err := writeRun(runs.dir, m, items, results); err != nil {
		return nil, nil, fmt.Errorf("journal: %w", err)
	}
	if err := runs.forget(m, again); err != nil {
		return nil, nil, errors.Join(err, removeRun(runs.dir, m.ID))
	}
	run, err := openRun(runs.dir, m)
	return run, items, err
}

// writeRun makes the folder of a run, which appears whole or not at all.
func writeRun[I any](dir string, m bulkManifest, items []BulkItem[I], results map[int]BulkResult) error {
	manifest, err := json.Marshal(m)
	if err != nil {
		return err
	}
	var requests, known bytes.Buffer
	encoder := json.NewEncoder(&requests)
	for _, item := range items {
		if err := encoder.Encode(item); err != nil {
			return err
		}
	}
	encoder = json.NewEncoder(&known)
	for row, result := range results {
		if err := encoder.Encode(rowResult{row, result}); err != nil {
			return err
		}
	}
	part, err := os.MkdirTemp(dir, partPrefix)
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{manifestFile: manifest, requestsFile: requests.Bytes(), resultsFile: known.Bytes()} {
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
