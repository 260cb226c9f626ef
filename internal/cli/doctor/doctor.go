// Package doctor has the command that finds out what is wrong with a set-up.
package doctor

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// Results of a check.
const (
	ok      = "ok"
	warning = "warning" // it works, and may not for long, or not everywhere
	failed  = "failed"
)

// check is one thing that was looked at.
type check struct {
	Name   string `json:"name"`
	Status string `json:"status"` // ok, warning or failed
	Detail string `json:"detail"`
	Fix    string `json:"fix"`

	err error // of what failed
}

// NewCmd makes the command.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Find out what is wrong with the set-up",
		Long: `Look at settings, project file, keyring, host, TLS, clock, token, scopes and versions, one line each, and
say how to mend what is wrong.

The exit code is 0 where nothing has failed, else that of the first failure: 2 for settings, 4 for the
token, 6 for a server that does not answer. Warnings do not count.`,
		Example: "  $ resell doctor\n" +
			"  $ resell doctor --profile second-vendor -o json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), f) },
	}
	f.Results(cmd, check{})
	return cmd
}

func run(ctx context.Context, f *command.Factory) error {
	checks := examine(ctx, f)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := f.ShowAll(checks, columns); err != nil {
		return err
	}
	for _, c := range checks {
		if c.Status == failed {
			return fmt.Errorf("%s: %w", c.Name, c.err)
		}
	}
	return nil
}

func columns(*output.Printer) []output.Column {
	return []output.Column{{Field: "status"}, {Field: "name"}, {Field: "detail", Format: command.WithFix, Wrap: true}, {Field: "fix", Data: true}}
}

func good(name, format string, args ...any) check {
	return check{Name: name, Status: ok, Detail: fmt.Sprintf(format, args...)}
}

func doubtful(name, detail, fix string) check {
	return check{Name: name, Status: warning, Detail: detail, Fix: fix}
}

func bad(name string, err error, fix string) check {
	return check{Name: name, Status: failed, Detail: err.Error(), Fix: fix, err: err}
}

// login is the command to sign in with again, for the profile that was looked at.
func login(f *command.Factory) string {
	if f.Profile == "" {
		return "resell auth login"
	}
	return fmt.Sprintf("resell auth login --profile %q", f.Profile)
}

// examine goes from the machine to the server, and stops where nothing further can work.
func examine(ctx context.Context, f *command.Factory) []check {
	checks := settings(f)
	if checks[len(checks)-1].Status == failed {
		return checks
	}
	checks = append(checks, keyring(ctx, f))
	host, err := f.HostName()
	if err != nil {
		return append(checks, bad("host", err, login(f)+" --host https://licensing.example.com"))
	}
	seen, reached := reach(ctx, f, host)
	checks = append(checks, reached...)
	found, session := token(ctx, f, host, reached[len(reached)-1].Status != failed)
	checks = append(checks, found...)
	if session != nil {
		checks = append(checks, scopes(*session))
	}
	if at := serverClock(session, seen); !at.IsZero() {
		checks = append(checks, clock(f, at))
	}
	return append(checks, versions(session))
}
