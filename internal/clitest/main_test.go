package clitest_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/resell-cli/resell/internal/cli"
	"github.com/resell-cli/resell/internal/daemon"
)

// nowVariable holds the time at which resell runs, where that is not the real one.
const nowVariable = "CLITEST_NOW"

func clock() func() time.Time {
	now, err := time.Parse(time.RFC3339, os.Getenv(nowVariable))
	if err != nil {
		return time.Now
	}
	return func() time.Time { return now }
}

// TestMain lets the test binary be resell and reselld, under their names: scripts
// find both in PATH, for what only processes of their own can show.
func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case "resell":
		executable, err := exec.LookPath(os.Args[0])
		if err != nil {
			executable = os.Args[0]
		}
		os.Exit(cli.Main(context.Background(), cli.Process{
			Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
			Getenv: os.Getenv, Environ: os.Environ(), Executable: executable, Now: clock(),
		}))
	case "reselld":
		os.Exit(daemon.Main(context.Background(), daemon.Process{
			Args: os.Args[1:], Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Now: time.Now,
		}))
	}
	// The keyring of whoever runs the tests is none of their business.
	if err := os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
