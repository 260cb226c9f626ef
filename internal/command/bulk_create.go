package command

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// createRun writes a run down: it is on disk, whole, before this returns. Two
// processes that begin the same at once do not both get to here.
func createRun[I any](runs bulkRuns, what bulkAsked, before bulkBefore, header []string, items []BulkItem[I], refused map[int]BulkResult, again bool) (*bulkRun, error) {
	if err := os.MkdirAll(runs.dir, 0o700); err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	gate, err := lock(filepath.Join(runs.dir, ".lock"), true)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	defer func() { _ = gate.Close() }()
	now, err := runs.before(what, again)
	if err != nil {
		return nil, err
	}
	if !slices.Equal(now.after, before.after) {
		return nil, &RefusedError{Code: "run_in_progress", Message: "another process has just carried out rows of these; nothing was done", Hint: "run it again: what is done is left out"}
	}
	if err := runs.forget(what.input, again); err != nil {
		return nil, err
	}
	m := bulkManifest{
		bulkOf: runs.bulkOf, Created: runs.now.UTC(), Key: rand.Text(), Input: what.input, Header: header, Rows: len(items),
		After: before.after, Before: len(before.done), Done: before.done,
	}
	m.ID = strings.Join([]string{m.Created.Format("20060102T150405Z"), runs.of(what.input), strings.ToLower(m.Key[:6])}, "-")
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
