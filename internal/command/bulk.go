package command

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
)

// Bulk is how a verb is carried out for many rows at once, each with a request of its
// own: every row is checked before the first is sent, what was agreed to is written
// down, and a run that broke off goes on without doing a row twice or leaving one out.
type Bulk[I, O any] struct {
	Op      api.Op[I, O]
	Columns []BulkColumn
	// Input makes the request of a row. What is wrong with the row, the row is told.
	Input func(row *BulkRow) I
	// Preview asks the server about a row, and changes nothing. A refusal stands for
	// that row alone.
	Preview func(ctx context.Context, f *Factory, in I) (BulkPreview, error)
	// Merge makes requests for several rows each of rows that were looked at, and Price
	// is then asked about those; nil where each row is a request.
	Merge func(items []BulkItem[I], looked []BulkPreview) []BulkItem[I]
	Price func(ctx context.Context, f *Factory, in I) (BulkPreview, error)
	// Share is told, row after row, what the rows before it take of what there is, by its
	// name, and adds what this row takes. A row that is left with less than its preview has
	// it takes less, and says so, to be looked at again; one that is left with nothing to
	// take is refused. It is nil where rows take nothing from one another.
	Share func(in *I, p BulkPreview, taken map[string]int64) (less bool, refused *RefusedError)
	// Same is what two rows have in common that ask for the same, so that what one of them
	// has done is not done again for the other; nil where that is the whole request.
	Same func(in I) any
	// Agree writes what a preview said into the request, so that nothing else is done
	// than what was agreed to; nil where there is nothing to agree to.
	Agree func(in *I, p BulkPreview)
	// Outcome tells what an answer came to.
	Outcome func(out O) BulkOutcome
	// Settled finds out whether what a refused row asks for is so already: the answer
	// to it may have been lost. It is nil where the idempotency key does that.
	Settled func(ctx context.Context, f *Factory, in I, refusal *api.Problem) (bool, error)
	// Deed says what is done with n rows: Extend 3 licenses.
	Deed func(n int) string
	// Spends is set where the same rows once more would cost once more.
	Spends bool
}

// Run carries out the rows of the file that the flags name, or goes on with a run that
// broke off. It fails with a usage error where a row cannot be understood, with
// rows_refused where the server refuses one beforehand, with run_unfinished or
// run_repeated where it was begun or done already, with a StoppedError where it broke
// off, and with a PartialError where some rows have failed.
func (b Bulk[I, O]) Run(ctx context.Context, f *Factory, cmd *cobra.Command, flags *BulkFlags, confirm ConfirmFlags) error {
	confirm = ConfirmFlags{Yes: confirm.Yes || flags.Yes, DryRun: confirm.DryRun || flags.DryRun, Piped: flags.From == "-", previews: true}
	if flags.Resume == "" { // which was agreed to
		if err := f.NeedYes(confirm, b.what()); err != nil {
			return err
		}
	}
	r, err := b.runner(ctx, f, cmd, flags)
	if err != nil {
		return err
	}
	var table Table
	var items []BulkItem[I]
	if flags.From != "" {
		if table, err = readBulk(f, cmd, b.Columns, flags); err != nil {
			return err
		}
		if items, err = b.items(table, flags.Raw); err != nil {
			return err
		}
	}
	if flags.Resume != "" {
		return r.resume(ctx, items)
	}
	return r.start(ctx, table, items, confirm)
}

func (b Bulk[I, O]) what() string {
	if b.Spends {
		return "this spends money or credits"
	}
	return "this changes many at once"
}

// bulkRunner carries out one run of a Bulk.
type bulkRunner[I, O any] struct {
	Bulk[I, O]
	f       *Factory
	c       *client.Client
	flags   *BulkFlags
	runs    bulkRuns
	workers *workers
}

// runner finds out who asks: what was begun for one reseller is not gone on with for
// another.
func (b Bulk[I, O]) runner(ctx context.Context, f *Factory, cmd *cobra.Command, flags *BulkFlags) (*bulkRunner[I, O], error) {
	c, err := f.Client(ctx)
	if err != nil {
		return nil, err
	}
	session, err := client.Call(ctx, c, api.SessionView, api.SessionViewInput{})
	if err != nil {
		return nil, err
	}
	whose := "vendor at " + c.Host() // resellers have an id that no other has, whatever their host is called
	if session.Reseller != nil {
		whose = session.Reseller.ID
	}
	_, name, _ := strings.Cut(cmd.CommandPath(), " ")
	runs, err := openRuns(f, bulkOf{Command: name, Reseller: whose}, b.Spends)
	if err != nil {
		return nil, err
	}
	runs.terms = terms(cmd, b.Columns)
	w := newWorkers(flags.Workers)
	f.onRetry = func(again client.Retry) {
		w.slow(again.Reason, again.Wait, func(reason string) { f.Note("%s; trying again, and sending less at once", reason) })
	}
	return &bulkRunner[I, O]{Bulk: b, f: f, c: c, flags: flags, runs: runs, workers: w}, nil
}

// start previews the rows, asks, and carries them out.
func (r *bulkRunner[I, O]) start(ctx context.Context, table Table, items []BulkItem[I], confirm ConfirmFlags) error {
	what, left, err := r.fresh(items)
	if err != nil {
		return err
	}
	items, looked, err := r.look(ctx, left.items)
	if err != nil {
		return err
	}
	left.items = items
	refused := looked.problems
	if len(refused) > 0 && !r.flags.KeepGoing {
		return refusedRows(table.Name, refused, len(items))
	}
	if err := r.afford(ctx, looked); err != nil {
		return err
	}
	if confirm.DryRun {
		return r.showPreviews(left, looked)
	}
	for _, row := range refused {
		r.f.Note("line %d: %s", row.Line, row.Message)
	}
	if len(refused) == len(items) {
		return refusedRows(table.Name, refused, len(items))
	}
	if err := r.agree(items, looked, confirm); err != nil {
		return err
	}
	return r.begin(ctx, table.Header, what, left, refused)
}

// begin writes the run down, and carries it out.
func (r *bulkRunner[I, O]) begin(ctx context.Context, header []string, what bulkAsked, left rowsLeft[I], refused map[int]BulkResult) error {
	run, items, err := createRun(r.runs, what, header, left, refused, r.flags.Again)
	if err != nil {
		return err
	}
	defer run.close()
	return r.carry(ctx, run, items)
}

// resume goes on with a run that broke off; with rows, with that of these rows.
func (r *bulkRunner[I, O]) resume(ctx context.Context, items []BulkItem[I]) error {
	input := ""
	if len(items) > 0 {
		what, err := r.asked(items)
		if err != nil {
			return err
		}
		input = what.input
	}
	run, err := r.runs.unfinished(r.flags.Resume, input)
	if err != nil {
		return err
	}
	defer run.close()
	if items, err = readItems[I](run); err != nil {
		return err
	}
	r.f.Note("Going on with the run of %s: %d of %d rows have their result.", when(run.Created), len(run.results), run.Rows)
	if err := r.leaveOut(run, items); err != nil {
		return err
	}
	return r.carry(ctx, run, items)
}

// leaveOut does not go on with rows that another run has done since: --again let it.
func (r *bulkRunner[I, O]) leaveOut(run *bulkRun, items []BulkItem[I]) error {
	since, err := r.runs.since(run.bulkManifest)
	if err != nil {
		return err
	}
	for row, item := range items {
		_, known := run.results[row]
		if was := since[item.Mark]; !known && len(was) > 0 {
			since[item.Mark] = was[1:]
			r.f.Note("line %d was done by the run %s since, and is left out", item.Line, was[0].run.ID)
			if err := run.record(row, skippedResult(item.Line, was[0])); err != nil {
				return err
			}
		}
	}
	return nil
}

// fresh leaves out the rows that were done already, where that costs once more, and
// refuses them where that is all of them, or a run that broke off may have done some.
func (r *bulkRunner[I, O]) fresh(items []BulkItem[I]) (bulkAsked, rowsLeft[I], error) {
	what, err := r.asked(items)
	if err != nil {
		return what, rowsLeft[I]{}, err
	}
	before, err := r.runs.before(what, r.flags.Again)
	if err != nil {
		return what, rowsLeft[I]{}, err
	}
	left := rest(items, before)
	switch {
	case len(left.skipped) == 0:
	case len(left.items) == 0:
		return what, left, left.repeated()
	default:
		r.f.Note("%d of %d rows were done by %s, and are not done again: %d left.", len(left.skipped), len(items), left.by(), len(left.items))
	}
	return what, left, nil
}
