// Command reselld is the hosted licensing API.
package main

import (
	"context"
	"os"
	"time"

	"github.com/resell-cli/resell/internal/daemon"
)

func main() {
	os.Exit(daemon.Main(context.Background(), daemon.Process{
		Args: os.Args[1:], Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Now: time.Now,
	}))
}
