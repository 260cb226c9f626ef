// Package doctor has the command that finds out what is wrong with a set-up.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
	"github.com/resell-cli/resell/internal/version"
)

// check is one thing that was looked at.
type check struct {
	Name   string `json:"name"`
	Status string `json:"status"` // ok, warning or failed
	Detail string `json:"detail"`
	Fix    string `json:"fix"`
}

// NewCmd makes the command.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Find out what is wrong with the set-up",
		Long: `Look at settings, keyring, token, host, clock and versions, and say how to mend what is wrong. Ends with
exit code 1 when something has to be mended.`,
		Example: "  $ resell doctor\n" +
			"  $ resell doctor -o json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), f) },
	}
	f.Results(cmd, check{})
	return cmd
}

func run(ctx context.Context, f *command.Factory) error {
	checks := []check{{"version", "ok", "resell " + version.String(), ""}}
	checks = append(checks, examine(ctx, f)...)
	failed := 0
	for _, c := range checks {
		if c.Status == "failed" {
			failed++
		}
	}
	if err := f.ShowAll(checks, columns); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d checks failed", failed, len(checks))
	}
	return nil
}

func columns(*output.Printer) []output.Column {
	return []output.Column{{Field: "status"}, {Field: "name"}, {Field: "detail", Whole: true}, {Field: "fix", Whole: true}}
}

// examine goes from the machine to the server, and stops where nothing further can work.
func examine(ctx context.Context, f *command.Factory) []check {
	settings, err := f.Config()
	if err != nil {
		return []check{{"settings", "failed", err.Error(), "mend the file, or move it away"}}
	}
	checks := []check{{"settings", "ok", fmt.Sprintf("profile %s in %s", settings.Profile(), settings.Path()), ""}, keyring(ctx, f)}
	host, err := f.HostName()
	if err != nil {
		return append(checks, check{"host", "failed", err.Error(), "resell auth login --host https://licensing.example.com"})
	}
	id, err := f.Identity(ctx)
	if err != nil {
		return append(checks, check{"token", "failed", err.Error(), "resell auth login"})
	}
	if err := api.CheckToken(id.Token); err != nil {
		return append(checks, check{"token", "failed", err.Error(), "copy the token again, whole: resell auth login"})
	}
	checks = append(checks, check{"token", "ok", "from " + string(id.Source), ""})
	return append(checks, server(ctx, f, host)...)
}

// keyring tells whether a token could be kept, which is only needed to sign in.
func keyring(ctx context.Context, f *command.Factory) check {
	credentials, err := f.Credentials()
	if err == nil {
		err = credentials.Probe(ctx)
	}
	if err != nil {
		return check{"keyring", "warning", err.Error(), "set RESELL_TOKEN where there is no keyring"}
	}
	return check{"keyring", "ok", "can be read and written", ""}
}

func server(ctx context.Context, f *command.Factory, host string) []check {
	began := f.Now()
	session, err := command.Call(ctx, f, api.SessionView, api.SessionViewInput{})
	took := f.Now().Sub(began)
	var problem *api.Problem
	if err != nil && !errors.As(err, &problem) {
		return []check{{"server", "failed", err.Error(), "check the address, the network, and whether the server runs"}}
	}
	if err != nil {
		fix := problem.Hint
		if problem.Status == 401 {
			fix = "resell auth login"
		}
		return []check{{"server", "failed", fmt.Sprintf("%s: %s", host, problem.Error()), fix}}
	}
	checks := []check{
		{"server", "ok", fmt.Sprintf("%s (%s, version %s) answered in %s", session.Vendor, host, session.Version, took.Round(time.Millisecond)), ""},
		{"scopes", "ok", fmt.Sprintf("the token carries %d scopes", len(session.Scopes)), ""},
	}
	return append(checks, clock(f, session.Now), expiry(f, session.ExpiresAt))
}

// clock compares this machine's clock with the server's: signatures and expiry depend
// on them.
func clock(f *command.Factory, serverNow string) check {
	const tolerated = 2 * time.Minute
	at, err := time.Parse(time.RFC3339, serverNow)
	if err != nil {
		return check{"clock", "warning", "the server does not tell the time", ""}
	}
	apart := f.Now().Sub(at).Abs()
	if apart > tolerated {
		return check{"clock", "warning", fmt.Sprintf("%s apart from the server's", apart.Round(time.Second)), "set this machine's clock; a sandbox may have one of its own"}
	}
	return check{"clock", "ok", "with the server's", ""}
}

func expiry(f *command.Factory, expires *string) check {
	const soon = 14 * 24 * time.Hour
	if expires == nil {
		return check{"expiry", "ok", "the token does not expire", ""}
	}
	at, err := time.Parse(time.RFC3339, *expires)
	if err == nil && at.Sub(f.Now()) < soon {
		return check{"expiry", "warning", "the token expires at " + *expires, "ask for a new one in time"}
	}
	return check{"expiry", "ok", "the token expires at " + *expires, ""}
}
