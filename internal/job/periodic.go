package job

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

const (
	// periodicTimeout is for one run; what is left is for the next.
	periodicTimeout = 10 * time.Minute
	// periodicAttempts are those of one run: the next period tries again anyway.
	periodicAttempts = 3
)

// Periodic is work that is done when a worker starts, and then again and again: of any
// number of processes on the same database, in one at a time.
type Periodic struct {
	Name  string
	Every time.Duration
	Run   func(context.Context) error
}

// periodicArgs names the work of a job.
type periodicArgs struct {
	Name string `json:"name"`
}

// Kind returns the name under which the jobs are stored.
func (periodicArgs) Kind() string { return "periodic" }

// InsertOpts keep a second run out while one waits, runs, or is to be tried again.
func (periodicArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		MaxAttempts: periodicAttempts,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
			rivertype.JobStateRunning, rivertype.JobStateScheduled,
		}},
	}
}

// schedule tells River when to enqueue the work.
func (p Periodic) schedule() *river.PeriodicJob {
	return river.NewPeriodicJob(river.PeriodicInterval(p.Every),
		func() (river.JobArgs, *river.InsertOpts) { return periodicArgs{Name: p.Name}, nil },
		&river.PeriodicJobOpts{ID: p.Name, RunOnStart: true})
}

// periodicWorker runs periodic work.
type periodicWorker struct {
	river.WorkerDefaults[periodicArgs]
	works  []Periodic
	logger *slog.Logger
}

// Timeout is that of one run.
func (w *periodicWorker) Timeout(*river.Job[periodicArgs]) time.Duration { return periodicTimeout }

// Work runs the work of that name. One that this version does not know is dropped.
func (w *periodicWorker) Work(ctx context.Context, job *river.Job[periodicArgs]) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			w.logger.ErrorContext(ctx, "periodic work panicked",
				slog.String("work", job.Args.Name), slog.String("stack", string(debug.Stack())))
			err = fmt.Errorf("%s: panic: %v", job.Args.Name, cause)
		}
	}()
	for _, work := range w.works {
		if work.Name != job.Args.Name {
			continue
		}
		err := work.Run(ctx)
		if err != nil && ctx.Err() == nil {
			w.logger.WarnContext(ctx, "periodic work failed", slog.String("work", work.Name), slog.Any("error", err))
		}
		return err
	}
	return river.JobCancel(fmt.Errorf("no work is called %s", job.Args.Name))
}
