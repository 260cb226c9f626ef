// Package daemon is reselld: its commands, and the wiring of everything they run.
package daemon

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // vendors' time zones, also where the system has none

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/resell-cli/resell/internal/version"
)

// Process is what reselld sees of the process it runs in.
type Process struct {
	Args   []string
	Stdout io.Writer
	Stderr io.Writer
	Getenv func(string) string
	Now    func() time.Time
}

// Main runs reselld and returns its exit code: 0 done, 1 failed, 2 wrong usage.
func Main(ctx context.Context, p Process) int {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	root := newRoot(p)
	root.SetArgs(p.Args)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	ran := false
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if err := fromEnvironment(cmd.Flags(), p.Getenv); err != nil {
			return err
		}
		ran = true
		return nil
	}
	if err := root.ExecuteContext(ctx); err != nil {
		fmt.Fprintf(p.Stderr, "reselld: %s\n", err)
		if !ran {
			fmt.Fprintln(p.Stderr, "See reselld --help.")
			return 2
		}
		return 1
	}
	return 0
}

// NewRoot is the command tree, for generating documentation.
func NewRoot() *cobra.Command {
	return newRoot(Process{Stdout: io.Discard, Stderr: io.Discard, Getenv: func(string) string { return "" }})
}

func newRoot(p Process) *cobra.Command {
	root := &cobra.Command{
		Use:   "reselld",
		Short: "Serve the licensing API",
		Long: "reselld is the licensing API that resell calls. It keeps its data in a file of SQLite\n" +
			"or in PostgreSQL. Every flag can also be given in the environment: --db is RESELLD_DB.",
		Version:       version.String(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("reselld {{.Version}}\n")
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(newCmdServe(p), newCmdDev(p), newCmdMigrate(), newCmdBootstrap(p))
	return root
}

// fromEnvironment sets the flags that were not given from RESELLD_* variables.
func fromEnvironment(flags *pflag.FlagSet, getenv func(string) string) error {
	var failed error
	flags.VisitAll(func(f *pflag.Flag) {
		name := "RESELLD_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value := getenv(name)
		if f.Changed || value == "" || failed != nil {
			return
		}
		if err := flags.Set(f.Name, value); err != nil {
			failed = fmt.Errorf("%s: not a valid value for --%s", name, f.Name) // it may be a secret
		}
	})
	return failed
}
