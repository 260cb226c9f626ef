package daemon

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/mail"
)

type serveOptions struct {
	db, listen, tlsCert, tlsKey, smtp, mailDir, logLevel string
	rateLimit                                            int
	addressHeader, publicURL                             string
	stripeKey, stripeWebhookSecret                       string
}

func newCmdServe(p Process) *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the API",
		Long: "Serve the API until SIGINT or SIGTERM, then finish the requests and mails under way.\n\n" +
			"The schema is brought up to date first. Any number of processes may serve one PostgreSQL\n" +
			"database; a file of SQLite is for one.",
		Example: "  $ reselld serve --db resell.db --smtp smtp://user:password@mail.example.com:587\n" +
			"  $ reselld serve --db postgres://resell@db.example.com/resell --listen :8443 --tls-cert api.crt --tls-key api.key",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return serveRun(cmd.Context(), p, o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.db, "db", "", "file of SQLite or postgres:// `URL` (required)")
	flags.StringVar(&o.listen, "listen", "127.0.0.1:8080", "`address` to listen on")
	flags.StringVar(&o.tlsCert, "tls-cert", "", "certificate `file`, PEM; without it, put a TLS proxy in front")
	flags.StringVar(&o.tlsKey, "tls-key", "", "key `file` of the certificate, PEM")
	flags.StringVar(&o.smtp, "smtp", "", "mail server `URL`: smtp://[user:password@]host[:port] or smtps://…")
	flags.StringVar(&o.mailDir, "mail-dir", "", "write mails into this `folder` instead of sending them")
	flags.IntVar(&o.rateLimit, "rate-limit", 200, "requests a second for each token; 0 is no limit")
	flags.StringVar(&o.addressHeader, "address-header", "", "the `header` in which a trusted proxy names the client's address, such as X-Forwarded-For")
	flags.StringVar(&o.publicURL, "public-url", "", "the `URL` at which others reach the API, for the mails, pages and links that name it; where it listens when left out")
	flags.StringVar(&o.stripeKey, "stripe-key", "", "take cards with this secret `key` of Stripe, better given as RESELLD_STRIPE_KEY; or @FILE")
	flags.StringVar(&o.stripeWebhookSecret, "stripe-webhook-secret", "", "`secret` of Stripe's webhook endpoint, which is /v1/webhooks/stripe; or @FILE")
	flags.StringVar(&o.logLevel, "log-level", "info", "debug, info, warn or error")
	return cmd
}

func serveRun(ctx context.Context, p Process, o serveOptions) error {
	if o.db == "" {
		return errors.New("no database: give --db resell.db or --db postgres://…")
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(o.logLevel)); err != nil {
		return errors.New("--log-level is debug, info, warn or error")
	}
	if o.publicURL != "" {
		if err := checkURL(o.publicURL); err != nil {
			return err
		}
	}
	logger := slog.New(slog.NewJSONHandler(p.Stderr, &slog.HandlerOptions{Level: level}))
	sender, err := newSender(o.smtp, o.mailDir)
	if err != nil {
		return err
	}
	payments, err := newPayments(o)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, o)
	if err != nil {
		return err
	}
	if o.publicURL == "" {
		o.publicURL = localURL(listener.Addr(), o.tlsCert != "")
	}
	instance, err := Open(ctx, Config{
		DB: o.db, Sender: sender, Logger: logger, Now: p.Now, RateLimit: o.rateLimit, AddressHeader: o.addressHeader, PublicURL: o.publicURL,
		Payments: payments,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	logger.InfoContext(ctx, "listening", slog.String("address", listener.Addr().String()), slog.Bool("tls", o.tlsCert != ""))
	return errors.Join(instance.Serve(ctx, listener), instance.Close())
}

func newSender(smtp, dir string) (mail.Sender, error) {
	switch {
	case smtp != "" && dir != "":
		return nil, errors.New("--smtp and --mail-dir exclude each other")
	case smtp != "":
		return mail.NewSMTP(smtp)
	case dir != "":
		return mail.NewFolder(dir)
	}
	return nil, errors.New("no way to send mail: give --smtp smtp://… or --mail-dir FOLDER")
}

func listen(ctx context.Context, o serveOptions) (net.Listener, error) {
	if (o.tlsCert == "") != (o.tlsKey == "") {
		return nil, errors.New("--tls-cert and --tls-key go together")
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", o.listen, err)
	}
	if o.tlsCert == "" {
		return listener, nil
	}
	pair, err := tls.LoadX509KeyPair(o.tlsCert, o.tlsKey)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read certificate: %w", err), listener.Close())
	}
	return tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}), nil
}
