package daemon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"golang.org/x/net/netutil"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/mail"
	"github.com/resell-cli/resell/internal/payment"
	"github.com/resell-cli/resell/internal/server"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
	"github.com/resell-cli/resell/internal/version"
)

// Config is what an instance of reselld is made of.
type Config struct {
	DB        string // a file of SQLite, or a postgres:// URL
	Sender    mail.Sender
	Logger    *slog.Logger
	Now       func() time.Time
	RateLimit int // requests a second for each token; 0 is no limit
	// AddressHeader is the header in which a trusted proxy names the client's address.
	AddressHeader string
	// PublicURL is where others reach the API, such as https://licensing.example.com; it
	// stands in mails and links.
	PublicURL string
	// TokenPrefix is that of the tokens that people sign in for; "" is api.LivePrefix.
	TokenPrefix string
	// Payments takes card payments; nil where no cards are taken.
	Payments payment.Provider
	// Advance moves the clock of Now ahead; nil where that is the real one.
	Advance func(time.Duration)
	// RenewEvery is how often licenses are looked for that are to be renewed; 0 is an
	// hour, less than 0 is never.
	RenewEvery   time.Duration
	Connections  int           // held at once, others wait; 0 is 4,096
	PollInterval time.Duration // how often workers look for jobs; 0 is a second
}

// Instance is one reselld: a database, the use cases over it, and the workers.
type Instance struct {
	Service *service.Service

	config  Config
	store   *store.Store
	handler http.Handler
}

// Open opens the database, brings its schema up to date, and wires the rest. Close
// the instance when it is done with.
func Open(ctx context.Context, c Config) (*Instance, error) {
	s, err := openMigrated(ctx, c.DB)
	if err != nil {
		return nil, err
	}
	queue, err := job.NewQueue(s.Writer(), job.Dialect(s.Dialect()))
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	svc := service.New(s, queue, c.Now)
	svc.MoveClock(c.Advance)
	svc.TakePayments(service.Payments{Provider: c.Payments, ReturnURL: strings.TrimRight(c.PublicURL, "/") + "/paid"})
	return &Instance{
		Service: svc, config: c, store: s,
		handler: server.New(server.Options{
			Service: svc, Logger: c.Logger, Version: version.String(), RateLimit: c.RateLimit, AddressHeader: c.AddressHeader,
			TokenPrefix: cmp.Or(c.TokenPrefix, api.LivePrefix),
			PublicURL:   c.PublicURL, Payments: c.Payments,
		}),
	}, nil
}

func openMigrated(ctx context.Context, dsn string) (*store.Store, error) {
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if err := s.Migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if err := job.Migrate(ctx, s.Writer(), job.Dialect(s.Dialect())); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close closes the database.
func (i *Instance) Close() error { return i.store.Close() }

const (
	stopTimeout = 30 * time.Second // for requests and jobs under way
	tidyEvery   = time.Hour
	renewEvery  = time.Hour
	connections = 4096
)

// Serve answers requests on the listener and runs jobs until ctx ends; then it takes
// no more, finishes those under way, and returns.
func (i *Instance) Serve(ctx context.Context, listener net.Listener) error {
	worker, err := job.NewWorker(job.WorkerOptions{
		DB: i.store.Writer(), Dialect: job.Dialect(i.store.Dialect()), Logger: i.config.Logger, Sender: i.config.Sender,
		Periodic: i.periodic(), Render: i.render, Delivered: i.delivered, Refund: i.Service.ReturnPayment, RefundFailed: i.Service.ReturnFailed, PollInterval: i.config.PollInterval,
	})
	if err != nil {
		return err
	}
	if err := worker.Start(ctx); err != nil {
		if ctx.Err() != nil {
			return listener.Close() // stopped before it was up
		}
		return fmt.Errorf("start workers: %w", err)
	}
	web := &http.Server{
		Handler: i.handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(i.config.Logger.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	limited := netutil.LimitListener(listener, cmp.Or(i.config.Connections, connections))
	go func() { ended <- web.Serve(limited) }()
	tidy := time.NewTicker(tidyEvery)
	defer tidy.Stop()
	for {
		select {
		case err := <-ended:
			return errors.Join(err, stopWorker(ctx, worker))
		case <-tidy.C:
			if err := i.Service.Tidy(ctx); err != nil {
				i.config.Logger.WarnContext(ctx, "tidy", slog.Any("error", err))
			}
		case <-ctx.Done():
			stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
			defer cancel()
			return errors.Join(web.Shutdown(stopping), worker.Stop(stopping))
		}
	}
}

// periodic is what one process of all that share the database does now and then.
func (i *Instance) periodic() []job.Periodic {
	if i.config.RenewEvery < 0 {
		return nil
	}
	return []job.Periodic{{Name: "renewals", Every: cmp.Or(i.config.RenewEvery, renewEvery), Run: func(ctx context.Context) error {
		done, err := i.Service.Renew(ctx)
		if done != (service.Renewals{}) {
			i.config.Logger.InfoContext(ctx, "renewals", slog.Int("renewed", done.Renewed), slog.Int("failed", done.Failed))
		}
		return err
	}}}
}

func stopWorker(ctx context.Context, w *job.Worker) error {
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	return w.Stop(stopping)
}
