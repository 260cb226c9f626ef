package command

import (
	"context"
	"iter"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/output"
)

// Call calls an endpoint that changes nothing.
func Call[I, O any](ctx context.Context, f *Factory, op api.Op[I, O], in I) (O, error) {
	c, err := f.Client(ctx)
	if err != nil {
		var none O
		return none, err
	}
	return client.Call(ctx, c, op, in)
}

// keyed is an input that carries an idempotency key.
type keyed[I any] interface {
	*I
	SetRequestKey(key string)
}

// Write calls an endpoint that changes something, so that it is done once: the
// idempotency key is in the journal before the request is sent, and stays there until
// the command has told what it came to. The same command after a crash goes on with the same key.
func Write[I, O any, P keyed[I]](ctx context.Context, f *Factory, w WriteFlags, op api.Op[I, O], in I) (O, error) {
	var none O
	c, err := f.Client(ctx)
	if err != nil {
		return none, err
	}
	entry, err := f.journal(w, c.Host(), op.ID, in)
	if err != nil {
		return none, err
	}
	P(&in).SetRequestKey(entry.key)
	out, meta, err := client.CallMeta(ctx, c, op, in)
	if meta.Replayed {
		f.Note("This was done before with the same idempotency key; it was not done again.")
	}
	return out, f.answered(entry, err)
}

// listed is the input of a list.
type listed[I any] interface {
	*I
	Turn(cursor string)
	SetLimit(rows int)
}

// List fetches every page of a list, up to limit rows (0 is all), and prints them.
func List[I, T any, P listed[I]](ctx context.Context, f *Factory, op api.Op[I, api.List[T]], in I, limit int, columns Columns) error {
	c, err := f.Client(ctx)
	if err != nil {
		return err
	}
	rows := []T{}
	for row, err := range client.Pages[I, T, P](ctx, c, op, in, limit) {
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	p, err := f.Printer()
	if err != nil {
		return err
	}
	if len(rows) == 0 && f.StdoutTerminal {
		f.Note("Nothing found.")
	}
	return p.List(rows, columns(p))
}

// Download gives a file that the API makes, whole.
func Download[I any](ctx context.Context, f *Factory, op api.Op[I, api.File], in I) ([]byte, error) {
	c, err := f.Client(ctx)
	if err != nil {
		return nil, err
	}
	return client.Download(ctx, c, op, in)
}

// Every gives the rows of a list one after the other, page after page. An error is the
// last of them.
func Every[I, T any, P listed[I]](ctx context.Context, f *Factory, op api.Op[I, api.List[T]], in I) iter.Seq2[T, error] {
	c, err := f.Client(ctx)
	if err != nil {
		return func(yield func(T, error) bool) {
			var none T
			yield(none, err)
		}
	}
	return client.Pages[I, T, P](ctx, c, op, in, 0)
}

// First fetches the first rows of a list, up to limit.
func First[I, T any, P listed[I]](ctx context.Context, f *Factory, op api.Op[I, api.List[T]], in I, limit int) ([]T, error) {
	c, err := f.Client(ctx)
	if err != nil {
		return nil, err
	}
	var rows []T
	for row, err := range client.Pages[I, T, P](ctx, c, op, in, limit) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// Columns gives the columns that a person sees of a resource.
type Columns func(*output.Printer) []output.Column

// Show prints one resource.
func (f *Factory) Show(v any, columns Columns) error {
	p, err := f.Printer()
	if err != nil {
		return err
	}
	return p.Item(v, columns(p))
}

// ShowDone prints the resource that a write came to. A person at a terminal who has not
// asked for any form of it is told in a sentence what was done, and sees of it what
// brief has.
func (f *Factory) ShowDone(v any, did string, brief, columns Columns) error {
	p, err := f.Printer()
	if err != nil {
		return err
	}
	if !p.Glances() {
		return p.Item(v, columns(p))
	}
	f.Note("%s", did)
	return p.Item(v, brief(p))
}

// ShowAll prints a list that is there already.
func (f *Factory) ShowAll(rows any, columns Columns) error {
	p, err := f.Printer()
	if err != nil {
		return err
	}
	return p.List(rows, columns(p))
}

// CallWith calls an endpoint with a given client.
func CallWith[I, O any](ctx context.Context, c *client.Client, op api.Op[I, O], in I) (O, error) {
	return client.Call(ctx, c, op, in)
}
