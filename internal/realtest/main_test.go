//go:build unix

package realtest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	// The programs are built by this test, which go test does not see. Imported,
	// a change in them makes it run the tests again.
	_ "github.com/resell-cli/resell/internal/cli"
	_ "github.com/resell-cli/resell/internal/daemon"
)

// binaries is the folder with resell and reselld.
var binaries string

func TestMain(m *testing.M) {
	code, err := buildAndRun(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "realtest:", err)
		code = 1
	}
	os.Exit(code)
}

func buildAndRun(m *testing.M) (code int, err error) {
	if binaries, err = os.MkdirTemp("", "realtest-"); err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(binaries)) }()
	// As make build compiles, so that each finds the other's work in the cache.
	build := exec.Command("go", "build", "-trimpath", "-o", binaries, "./cmd/resell", "./cmd/reselld")
	build.Dir = filepath.Join("..", "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return 1, fmt.Errorf("build the programs: %w\n%s", err, out)
	}
	return m.Run(), nil
}

func program(name string) string { return filepath.Join(binaries, name) }

// missing ends a test that needs something this machine does not have. In CI
// everything must be there.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(what)
	}
	t.Skip(what)
}
