package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// goModule is the module whose repository the generated files belong to.
const goModule = "module github.com/resell-cli/resell\n"

// tree is a checkout of the repository.
type tree struct {
	root string
}

// change is one difference between the code and the files on disk. A stale file
// has no content: the code no longer produces it.
type change struct {
	path    string
	content []byte
	state   string
}

const (
	missing = "missing"
	differs = "differs"
	stale   = "stale"
)

func (c change) String() string {
	return c.state + ": " + c.path
}

// openTree refuses a folder that is not the root of this repository, because
// applying changes removes files.
func openTree(root string) (tree, error) {
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return tree{}, fmt.Errorf("find the root of the repository: %w", err)
	}
	if !bytes.HasPrefix(mod, []byte(goModule)) {
		return tree{}, fmt.Errorf("%s is not the root of this repository", root)
	}
	return tree{root: root}, nil
}

// compare returns what is missing, different or stale on disk, in path order.
// The folders that hold nothing but generated files are searched for stale ones.
func (t tree) compare(generated map[string][]byte) ([]change, error) {
	var changes []change
	for name, want := range generated {
		got, err := os.ReadFile(t.path(name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			changes = append(changes, change{name, want, missing})
		case err != nil:
			return nil, fmt.Errorf("compare %s: %w", name, err)
		case !bytes.Equal(got, want):
			changes = append(changes, change{name, want, differs})
		}
	}
	for _, dir := range []string{"docs/cli", "docs/man/man1", "docs/schema", "completions"} {
		entries, err := os.ReadDir(t.path(dir))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("look for stale files: %w", err)
		}
		for _, entry := range entries {
			name := path.Join(dir, entry.Name())
			if _, wanted := generated[name]; !wanted {
				changes = append(changes, change{name, nil, stale})
			}
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return strings.Compare(a.path, b.path) })
	return changes, nil
}

// apply writes and removes what compare has found.
func (t tree) apply(changes []change) error {
	for _, c := range changes {
		if c.state == stale {
			if err := os.Remove(t.path(c.path)); err != nil {
				return fmt.Errorf("remove stale file: %w", err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(t.path(c.path)), 0o755); err != nil {
			return fmt.Errorf("write %s: %w", c.path, err)
		}
		if err := os.WriteFile(t.path(c.path), c.content, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", c.path, err)
		}
	}
	return nil
}

func (t tree) path(name string) string {
	return filepath.Join(t.root, filepath.FromSlash(name))
}
