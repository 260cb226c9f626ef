// Command resell is a command line for software resellers.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime"
	"time"

	"github.com/cli/browser"
	"golang.org/x/term"

	"github.com/resell-cli/resell/internal/cli"
)

func main() {
	executable, err := os.Executable()
	if err != nil {
		executable = os.Args[0]
	}
	dir, err := os.Getwd()
	if err != nil {
		dir = "" // a folder that is gone has no project
	}
	width, height, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		width, height = 0, 0
	}
	ctx, _ := signal.NotifyContext(context.Background(), cli.Endings()...) // until the process ends: to stop takes as long as to begin
	os.Exit(cli.Main(ctx, cli.Process{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Environ: os.Environ(), Dir: dir, Executable: executable, Now: time.Now,
		StdinTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		StdoutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		StderrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		Width:          width,
		Height:         height,
		ReadPassword: func() (string, error) {
			secret, err := term.ReadPassword(int(os.Stdin.Fd()))
			return string(secret), err
		},
		Terminal: terminal,
		Copy:     copyText,
		Browse:   browse,
	}))
}

// browse opens a web page. What the browser has to say is no data.
func browse(url string) error {
	browser.Stdout = os.Stderr
	return browser.OpenURL(url)
}

// terminal opens the one that the process belongs to.
func terminal() (io.Reader, error) {
	name := "/dev/tty"
	if runtime.GOOS == "windows" {
		name = "CONIN$"
	}
	return os.OpenFile(name, os.O_RDWR, 0)
}
