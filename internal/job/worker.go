package job

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"github.com/resell-cli/resell/internal/mail"
)

const (
	defaultPollInterval = time.Second
	defaultMaxAttempts  = 25
	defaultMaxWorkers   = 4

	// jobTimeout is more than the mail sender's own limits together.
	jobTimeout = 2 * time.Minute
	// rescueAfter is when a job whose process died is taken up again.
	rescueAfter = 10 * time.Minute
	// hardStopTimeout is for cancelled jobs to come back and be recorded.
	hardStopTimeout = 10 * time.Second
)

// ErrGone is wrapped by the error of a Render that finds nothing left to send
// a message about. It cancels the job.
var ErrGone = errors.New("resource is gone")

// WorkerOptions says how to run jobs. DB, Dialect, Sender and Render are
// required.
type WorkerOptions struct {
	// DB holds the jobs; [Migrate] has run on it. No connection is held while
	// Render, Sender or Delivered run.
	DB      *sql.DB
	Dialect Dialect
	// Logger receives warnings as such and everything else at debug level,
	// never a message's text. Nil for none.
	Logger *slog.Logger

	Sender mail.Sender
	// Render makes the message. An error that wraps [ErrGone] cancels the
	// job, without a call of Delivered; any other is tried again.
	Render func(context.Context, MailArgs) (mail.Message, error)
	// Delivered, if set, records the end of a job: nil when the message was
	// sent, else why it has been given up, for which [mail.IsPermanent] still
	// holds if it did. When it fails it is called again later; the message is
	// not sent again.
	Delivered func(context.Context, MailArgs, error) error

	// Refund, if set, gives money back. An error that wraps [ErrGone] is for good; any
	// other is tried again for a week. RefundFailed then records why it is given up.
	Refund       func(context.Context, RefundArgs) error
	RefundFailed func(context.Context, RefundArgs, error) error

	// Periodic is what is to be done again and again.
	Periodic []Periodic

	// MaxAttempts is after how many attempts a message is given up; 25, which
	// takes about 17 hours, when 0.
	MaxAttempts int
	// PollInterval is how often the database is asked for jobs; 1 s when 0.
	PollInterval time.Duration
	// RetryDelay is how long to wait after the attempt-th failure, from 1;
	// 10 s doubling up to 1 h, give or take a tenth, when nil.
	RetryDelay func(attempt int) time.Duration
	// MaxWorkers is how many jobs run at once in this process; 4 when 0.
	MaxWorkers int
}

// Worker runs jobs in the background. Any number of processes may each have one
// on the same PostgreSQL; every job runs in one of them.
type Worker struct {
	client *river.Client[*sql.Tx]
}

// NewWorker returns a worker that is not yet started.
func NewWorker(o WorkerOptions) (*Worker, error) {
	if o.DB == nil || o.Sender == nil || o.Render == nil {
		return nil, errors.New("create job worker: DB, Sender and Render are required")
	}
	driver, err := o.Dialect.driver(o.DB)
	if err != nil {
		return nil, fmt.Errorf("create job worker: %w", err)
	}

	o = o.withDefaults()
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, &mailWorker{o: o}); err != nil {
		return nil, fmt.Errorf("create job worker: %w", err)
	}

	if o.Refund != nil {
		if err := river.AddWorkerSafely(workers, &refundWorker{o: o}); err != nil {
			return nil, fmt.Errorf("create job worker: %w", err)
		}
	}

	if err := river.AddWorkerSafely(workers, &periodicWorker{works: o.Periodic, logger: o.Logger}); err != nil {
		return nil, fmt.Errorf("create job worker: %w", err)
	}
	schedules := make([]*river.PeriodicJob, len(o.Periodic))
	for i, work := range o.Periodic {
		schedules[i] = work.schedule()
	}

	client, err := river.NewClient(driver, &river.Config{
		FetchCooldown:        min(river.FetchCooldownDefault, o.PollInterval),
		FetchPollInterval:    o.PollInterval,
		JobTimeout:           jobTimeout,
		Logger:               slog.New(quietHandler{o.Logger.Handler()}),
		PeriodicJobs:         schedules,
		PollOnly:             true,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: o.MaxWorkers}},
		RescueStuckJobsAfter: rescueAfter,
		RetryPolicy:          retryPolicy{delay: o.RetryDelay},
		Workers:              workers,
	})
	if err != nil {
		return nil, fmt.Errorf("create job worker: %w", err)
	}
	return &Worker{client: client}, nil
}

// Start begins to run jobs and returns. They run until [Worker.Stop]; the end
// of ctx does not stop them, so that it can be a signal's.
func (w *Worker) Start(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("start job worker: %w", err)
	}
	if err := w.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start job worker: %w", err)
	}
	return nil
}

// Stop takes up no more jobs and returns when the running ones have finished.
// When ctx ends first they are cancelled, to be run again after the next start,
// and Stop returns an error that wraps ctx's. The database must stay open until
// Stop returns.
func (w *Worker) Stop(ctx context.Context) error {
	err := w.client.Stop(ctx)
	if err == nil {
		return nil
	}

	hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), hardStopTimeout)
	defer cancel()
	if hardErr := w.client.StopAndCancel(hard); hardErr != nil {
		return fmt.Errorf("stop job worker: jobs did not end when cancelled: %w", errors.Join(err, hardErr))
	}
	return fmt.Errorf("stop job worker: running jobs were cancelled: %w", err)
}

func (o WorkerOptions) withDefaults() WorkerOptions {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Delivered == nil {
		o.Delivered = func(context.Context, MailArgs, error) error { return nil }
	}
	if o.RefundFailed == nil {
		o.RefundFailed = func(context.Context, RefundArgs, error) error { return nil }
	}
	if o.RetryDelay == nil {
		o.RetryDelay = backoff
	}
	o.MaxAttempts = cmp.Or(o.MaxAttempts, defaultMaxAttempts)
	o.PollInterval = cmp.Or(o.PollInterval, defaultPollInterval)
	o.MaxWorkers = cmp.Or(o.MaxWorkers, defaultMaxWorkers)
	return o
}
