package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
)

// carry sends every row that has no result, and tells what all rows came to.
func (r *bulkRunner[I, O]) carry(ctx context.Context, run *bulkRun, items []BulkItem[I]) error {
	var left []int
	for row := range items {
		if _, done := run.results[row]; !done {
			left = append(left, row)
		}
	}
	broke := &bulkBreak{}
	progress := r.f.Progress(int64(len(items)), "done")
	progress.Add(int64(len(items) - len(left)))
	r.workers.each(ctx, left, func(row int) bool {
		result, err := r.send(ctx, run, row, items[row])
		if err != nil {
			return broke.keep(items[row].Line, err)
		}
		if err := run.record(row, result); err != nil {
			return broke.stop(err)
		}
		progress.Add(1)
		return true
	})
	progress.Done()
	if err := ctx.Err(); err != nil {
		broke.err = err
	}
	failed := broke.err
	if failed == nil {
		failed = r.tell(run, items)
	}
	if _, partly := errors.AsType[*PartialError](failed); partly || failed == nil {
		return failed
	}
	return &StoppedError{
		Err: failed, Done: len(run.results), Rows: len(items), Resume: fmt.Sprintf("resell %s --resume=%s%s", run.Command, run.ID, r.f.SameAPI()),
	}
}

// send sends a row. It fails where nobody knows what the row has come to, or all rows
// after it would come to the same: it then has no result.
func (r *bulkRunner[I, O]) send(ctx context.Context, run *bulkRun, row int, item BulkItem[I]) (BulkResult, error) {
	in := item.Input
	if keyed, ok := any(&in).(interface{ SetRequestKey(key string) }); ok {
		keyed.SetRequestKey(run.keyOf(row))
	}
	out, err := client.Call(ctx, r.c, r.Op, in)
	if err == nil {
		return doneResult(item.Line, item.ID, r.Outcome(out)), nil
	}
	problem := refusal(err)
	if problem == nil {
		return BulkResult{}, err
	}
	if r.Settled != nil {
		settled, err := r.Settled(ctx, r.f, in, problem)
		if err != nil {
			return BulkResult{}, err
		}
		if settled {
			return doneResult(item.Line, item.ID, BulkOutcome{ID: item.ID}), nil
		}
	}
	return failedResult(item.Line, item.ID, problem), nil
}

// bulkBreak is why a run does not come to its end.
type bulkBreak struct {
	mu  sync.Mutex
	err error
}

func (b *bulkBreak) stop(err error) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
	}
	return false
}

// keep notes an error without which a row has no result. One that the server had with
// this row alone does not stop the others.
func (b *bulkBreak) keep(line int, err error) (on bool) {
	b.stop(fmt.Errorf("line %d: %w", line, err))
	problem, ok := errors.AsType[*api.Problem](err)
	return ok && problem.Status == 500
}

// failedResult says in one line what a row was refused for, in which column, and what to
// do instead.
func failedResult(line int, id string, p *api.Problem) BulkResult {
	message := p.Error()
	for _, field := range p.Errors {
		switch {
		case !strings.Contains(message, field.Message):
			message += "; " + field.Field + ": " + field.Message
		case !strings.Contains(message, field.Field):
			message = field.Field + ": " + message
		}
	}
	if p.Hint != "" && p.AllowedActions == nil { // which is a list of much else
		message += "; " + p.Hint
	}
	return BulkResult{Line: line, ID: id, Status: statusFailed, Code: p.Code, Message: message}
}

func doneResult(line int, id string, o BulkOutcome) BulkResult {
	if o.ID != "" {
		id = o.ID
	}
	return BulkResult{
		Line: line, ID: id, Status: statusDone, Order: o.Order, Amount: o.Amount, Currency: o.Currency, Credits: o.Credits, Message: o.Message,
	}
}
