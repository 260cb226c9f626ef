// Package cli is resell: the root of its commands, and the one place where an error
// becomes a message and an exit code.
package cli

import (
	"context"
	"errors"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/cli/completion"
	"github.com/resell-cli/resell/internal/command"
)

// Process is what resell sees of the process it runs in.
type Process = command.Process

// Main runs resell and returns its exit code; see help exit-codes.
func Main(ctx context.Context, p Process) int {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	p = command.Interruptible(ctx, p)
	f := command.NewFactory(p)
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
