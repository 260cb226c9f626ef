package daemon

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
	"github.com/resell-cli/resell/internal/service"
)

// demo is the catalogue of a development server.
//
//go:embed demo.yaml
var demo []byte

// DemoLogin is the reseller of the demo catalogue whose token dev prints.
const DemoLogin = "demo"

// DemoCatalog is the catalogue of a development server: every kind of product, and a
// reseller with contracts and balance.
func DemoCatalog() (service.Catalog, error) { return parseCatalog(demo) }

type devOptions struct{ db, listen, mailDir, now string }

func newCmdDev(p Process) *cobra.Command {
	var o devOptions
	cmd := &cobra.Command{
		Use:   "dev",
		Short: "Serve a throw-away API to try things on",
		Long: "Serve an API on a temporary database with a demo catalogue, a reseller with two contracts and\n" +
			"balance, and mails written as .eml files. Prints lines to set up a shell with:\n" +
			"the reseller's token, and the vendor's for what only the vendor may do.\n" +
			"Nothing leaves this machine; what was temporary is removed at the end.",
		Example: "  $ reselld dev\n" +
			"  $ reselld dev --db demo.db --now 2026-12-31",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return devRun(cmd.Context(), p, o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.db, "db", "", "keep the data in this `file` of SQLite, or in postgres://…")
	flags.StringVar(&o.listen, "listen", "127.0.0.1:0", "`address` to listen on; port 0 is any free one")
	flags.StringVar(&o.mailDir, "mail-dir", "", "write mails into this `folder`")
	flags.StringVar(&o.now, "now", "", "start the clock at this `date` (YYYY-MM-DD) or time (RFC 3339)")
	return cmd
}

func devRun(ctx context.Context, p Process, o devOptions) (err error) {
	clock, err := clockFrom(p.Now, o.now)
	if err != nil {
		return err
	}
	temporary, err := os.MkdirTemp("", "reselld-dev-")
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
	if o.db == "" {
		o.db = filepath.Join(temporary, "resell.db")
	}
	if o.mailDir == "" {
		o.mailDir = filepath.Join(temporary, "mail")
	}
	sender, err := mail.NewFolder(o.mailDir)
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(p.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", o.listen, err)
	}
	defer func() { _ = listener.Close() }() // after Serve it is closed already
	url := "http://" + listener.Addr().String()
	payments, err := DevPayments(url)
	if err != nil {
		return err
	}
	const soon = 250 * time.Millisecond // each look for jobs is a millisecond of work, and none is noticed to be late
	instance, err := Open(ctx, Config{
		DB: o.db, Sender: sender, Logger: logger, Now: clock.Now, Advance: clock.Advance, PublicURL: url, Payments: payments,
		TokenPrefix: api.TestPrefix, PollInterval: soon,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, instance.Close()) }()
	token, err := instance.seedDemo(ctx)
	if err != nil {
		return err
	}
	vendorToken, err := instance.IssueToken(ctx, "", "dev", api.TestPrefix, licensing.Time{})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Stderr, "reselld dev: data in %s, mails in %s; stop it with Ctrl-C\n", o.db, o.mailDir)
	fmt.Fprintf(p.Stdout, "export RESELL_HOST=http://%s\nexport RESELL_TOKEN=%s\nexport RESELL_VENDOR_TOKEN=%s\n",
		listener.Addr(), token, vendorToken)
	return instance.Serve(ctx, listener)
}

func (i *Instance) seedDemo(ctx context.Context) (string, error) {
	catalog, err := DemoCatalog()
	if err != nil {
		return "", fmt.Errorf("demo catalogue: %w", err)
	}
	if err := i.Service.ApplyCatalog(ctx, catalog); err != nil {
		return "", err
	}
	return i.IssueToken(ctx, DemoLogin, "dev", api.TestPrefix, licensing.Time{})
}

// clockFrom is a clock that runs from a given date or time on; from now for "".
func clockFrom(now func() time.Time, start string) (*clock, error) {
	if start == "" {
		return &clock{now: now}, nil
	}
	at, err := time.Parse(time.RFC3339, start)
	if err != nil {
		if at, err = time.Parse(licensing.DateLayout, start); err != nil {
			return nil, errors.New("--now takes a date such as 2026-12-31, or a time such as 2026-12-31T23:59:00Z")
		}
	}
	began := now()
	return &clock{now: func() time.Time { return at.Add(now().Sub(began)) }}, nil
}
