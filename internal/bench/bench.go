package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// bench is one run: the programs, the server, and what was measured.
type bench struct {
	options
	dir    string
	log    io.Writer
	server *server
	report report

	filled, bought int // keys and licenses made so far
}

func newBench(ctx context.Context, o options, log io.Writer) (*bench, error) {
	dir, err := os.MkdirTemp(o.dir, "resell-bench-")
	if err != nil {
		return nil, fmt.Errorf("make a folder to work in: %w", err)
	}
	b := &bench{options: o, dir: dir, log: log}
	if err := b.prepare(ctx); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *bench) prepare(ctx context.Context) error {
	b.note("build into %s", b.dir)
	if err := b.build(ctx); err != nil {
		return err
	}
	var err error
	b.server, err = startServer(ctx, b.dir)
	return err
}

func (b *bench) close() {
	if b.server != nil {
		b.server.stop()
	}
	if b.keep {
		b.note("kept %s", b.dir)
		return
	}
	_ = os.RemoveAll(b.dir) // a leftover in the system's temporary folder
}

// measure runs every measurement. Companies come first, while there are none, and
// what grows the table of keys comes last.
func (b *bench) measure(ctx context.Context) error {
	for _, m := range []struct {
		name string
		run  func(context.Context) error
	}{
		{"start", b.starts},
		{"company", b.companies},
		{"buy", b.purchases},
		{"list", b.lists},
		{"export", b.exports},
		{"ndjson", b.ndjson},
		{"sqlite", b.sqliteExport},
		{"page", b.pages},
		{"key", b.keyInserts},
	} {
		if !b.only.MatchString(m.name) {
			continue
		}
		b.note("%s …", m.name)
		if err := m.run(ctx); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
	}
	return nil
}

func (b *bench) note(format string, args ...any) { fmt.Fprintf(b.log, format+"\n", args...) }

func (b *bench) path(name string) string { return filepath.Join(b.dir, name) }

// has tells whether a program is installed, and the table where it is not.
func (b *bench) has(program, what string) bool {
	if _, err := exec.LookPath(program); err != nil {
		b.report.missing(what, program)
		return false
	}
	return true
}

const hello = `package main

import "os"

func main() { os.Stdout.WriteString("hello, world\n") }
`

// build makes the binaries as they are released, and a hello world of the same kind.
func (b *bench) build(ctx context.Context) error {
	source := b.path("hello.go")
	if err := os.WriteFile(source, []byte(hello), 0o600); err != nil {
		return fmt.Errorf("write hello world: %w", err)
	}
	for name, from := range map[string]string{"resell": "./cmd/resell", "reselld": "./cmd/reselld", "hello": source} {
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", b.path(name), from)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("build %s: %w\n%s", name, err, out)
		}
	}
	return nil
}
