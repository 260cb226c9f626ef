package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river"
)

// maxRefunds is how often a refund is tried: for about a week. A provider refuses
// one for good at once; what else fails, such as an account without funds, mends.
const maxRefunds = 170

// refundWorker gives money back.
type refundWorker struct {
	river.WorkerDefaults[RefundArgs]
	o WorkerOptions
}

// Work makes one attempt; see [mailWorker.Work].
func (w *refundWorker) Work(ctx context.Context, job *river.Job[RefundArgs]) error {
	err := w.refund(ctx, job.Args)
	switch {
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.Canceled):
		return river.JobSnooze(max(w.o.RetryDelay(1), 0))
	case !errors.Is(err, ErrGone) && job.Attempt < maxRefunds:
		w.o.Logger.WarnContext(ctx, "refund failed", aboutRefund(job, err))
		return err
	}
	w.o.Logger.ErrorContext(ctx, "refund given up: return the money by hand", aboutRefund(job, err))
	recording, cancel := context.WithTimeout(context.WithoutCancel(ctx), deliveredTimeout)
	defer cancel()
	if failure := w.o.RefundFailed(recording, job.Args, err); failure != nil {
		return errors.Join(err, failure)
	}
	return river.JobCancel(err)
}

func (w *refundWorker) refund(ctx context.Context, a RefundArgs) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("refund of %s: panic: %v", a.OrderID, cause)
		}
	}()
	return w.o.Refund(ctx, a)
}

func aboutRefund(job *river.Job[RefundArgs], err error) slog.Attr {
	return slog.GroupAttrs("refund",
		slog.Int64("job_id", job.ID),
		slog.String("order_id", job.Args.OrderID),
		slog.Int("attempt", job.Attempt),
		slog.Any("error", err))
}
