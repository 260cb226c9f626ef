// Package cli is resell: the root of its commands, and the one place where an error
// becomes a message and an exit code.
package cli

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/cli/completion"
	"github.com/resell-cli/resell/internal/command"
)

// Process is what resell sees of the process it runs in.
type Process = command.Process

// Main runs resell until it is done, or ctx is, and returns its exit code; see help exit-codes.
func Main(ctx context.Context, p Process) int {
	p = command.Interruptible(ctx, p)
	f := command.NewFactory(p)
	f.NamedOnly()
	root := newRoot(f)
	if len(p.Args) > 0 && (p.Args[0] == cobra.ShellCompRequestCmd || p.Args[0] == cobra.ShellCompNoDescRequestCmd) {
		completion.Register(f, root)
	}
	root.SetArgs(p.Args)
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if _, partly := errors.AsType[*command.PartialError](err); partly || err == nil {
		err = errors.Join(err, f.Settle())
	}
	if err == nil {
		return exitDone
	}
	if _, resumable := errors.AsType[*command.StoppedError](err); ctx.Err() != nil && !resumable {
		err = ctx.Err()
	}
	return report(f, cmd, err)
}

// Endings are the signals that end a run in order. That of a terminal which is closed is
// not one where somebody has asked to go on without it, as nohup does.
func Endings() []os.Signal {
	all := []os.Signal{syscall.SIGINT, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}
