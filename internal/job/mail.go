package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"

	"github.com/resell-cli/resell/internal/mail"
)

const (
	// deliveredTimeout is for Delivered, which gets a context that outlives
	// the job's: what has been sent must be recorded, stop or not.
	deliveredTimeout = 15 * time.Second
	// maxRecordings is how often Delivered is called for one message.
	maxRecordings = 25
)

// mailWorker sends messages.
type mailWorker struct {
	river.WorkerDefaults[MailArgs]
	o WorkerOptions
}

// outcome is how sending a message ended. It is kept with the job when
// Delivered fails, so that the next run calls just that.
type outcome struct {
	Error      string `json:"error,omitempty"`
	Permanent  bool   `json:"permanent,omitempty"`
	Recordings int    `json:"recordings"`
}

// Work makes one attempt. Its error tells River what becomes of the job: nil
// completes it, cancel ends it, snooze repeats it without counting an attempt,
// any other counts one and repeats it.
func (w *mailWorker) Work(ctx context.Context, job *river.Job[MailArgs]) error {
	var recorded outcome
	if output := job.Output(); output != nil {
		if err := json.Unmarshal(output, &recorded); err != nil {
			return fmt.Errorf("read outcome of mail: %w", err)
		}
		return w.finish(ctx, job, recorded)
	}

	err := w.send(ctx, job.Args)
	switch {
	case err == nil:
		return w.finish(ctx, job, outcome{})
	case errors.Is(err, ErrGone):
		w.o.Logger.DebugContext(ctx, "mail dropped: resource is gone", about(job, err))
		return river.JobCancel(err)
	case errors.Is(ctx.Err(), context.Canceled):
		// A hard stop is not the message's fault.
		return river.JobSnooze(max(w.o.RetryDelay(1), 0))
	case mail.IsPermanent(err), job.Attempt >= w.o.MaxAttempts:
		w.o.Logger.WarnContext(ctx, "mail given up", about(job, err))
		return w.finish(ctx, job, outcome{Error: err.Error(), Permanent: mail.IsPermanent(err)})
	}
	return err
}

// send renders and sends the message. A panic becomes an error, so that it is
// counted and given up like any other.
func (w *mailWorker) send(ctx context.Context, args MailArgs) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("mail %s of %s: panic: %v", args.Template, args.ResourceID, cause)
			w.o.Logger.ErrorContext(ctx, "mail panicked",
				slog.String("template", args.Template), slog.String("stack", string(debug.Stack())))
		}
	}()

	message, err := w.o.Render(ctx, args)
	if err != nil {
		return fmt.Errorf("render mail %s of %s: %w", args.Template, args.ResourceID, err)
	}
	return w.o.Sender.Send(ctx, message)
}

// finish calls Delivered and ends the job, or keeps the outcome for later.
func (w *mailWorker) finish(ctx context.Context, job *river.Job[MailArgs], out outcome) error {
	end := out.err()
	err := w.delivered(ctx, job.Args, end)
	if err == nil || errors.Is(err, ErrGone) {
		return cancelled(end)
	}

	out.Recordings++
	if out.Recordings >= maxRecordings {
		w.o.Logger.ErrorContext(ctx, "outcome of mail could not be recorded", about(job, err))
		return cancelled(end)
	}

	w.o.Logger.WarnContext(ctx, "outcome of mail not recorded yet", about(job, err))
	if err := river.RecordOutput(ctx, out); err != nil {
		return fmt.Errorf("keep outcome of mail: %w", err)
	}
	return river.JobSnooze(max(w.o.RetryDelay(out.Recordings), 0))
}

func (w *mailWorker) delivered(ctx context.Context, args MailArgs, end error) (err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deliveredTimeout)
	defer cancel()
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()

	return w.o.Delivered(ctx, args, end)
}

// about describes a job and its error for the log.
func about(job *river.Job[MailArgs], err error) slog.Attr {
	return slog.GroupAttrs("mail",
		slog.Int64("job_id", job.ID),
		slog.String("template", job.Args.Template),
		slog.String("resource_id", job.Args.ResourceID),
		slog.Int("attempt", job.Attempt),
		slog.Any("error", err))
}

// err returns why the message was given up, or nil when it was sent.
func (out outcome) err() error {
	switch {
	case out.Error == "":
		return nil
	case out.Permanent:
		return &mail.PermanentError{Err: errors.New(out.Error)}
	}
	return errors.New(out.Error)
}

func cancelled(end error) error {
	if end == nil {
		return nil
	}
	return river.JobCancel(end)
}
