package command

import (
	"context"
	"io"
	"os"

	"golang.org/x/term"
)

// Interruptible makes what a process reads from its user end with ctx: a read that
// waits for a person, or for the end of a pipe, fails with the context's error. What
// it waited for may be read and lost.
func Interruptible(ctx context.Context, p Process) Process {
	if p.Stdin == nil {
		return p
	}
	if open := p.Terminal; open != nil {
		p.Terminal = func() (io.Reader, error) {
			terminal, err := open()
			return &input{ctx: ctx, raw: terminal}, err
		}
	}
	raw, read := p.Stdin, p.ReadPassword
	p.Stdin = &input{ctx: ctx, raw: raw}
	if read != nil {
		p.ReadPassword = func() (string, error) {
			defer showTyping(raw)()
			return await(ctx, read)
		}
	}
	return p
}

// RawStdin is standard input as the process has it, to hand on to another program.
func (f *Factory) RawStdin() io.Reader {
	if in, ok := f.Stdin.(*input); ok {
		return in.raw
	}
	return f.Stdin
}

// Open opens a file that a person names, - being standard input. It fails with a usage
// error.
func (f *Factory) Open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(f.Stdin), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, Usage("%s", err)
	}
	return file, nil
}

type input struct {
	ctx context.Context //nolint:containedctx // io.Reader has no place for it
	raw io.Reader
}

// Read reads into memory of its own: a read that is left behind must not write into
// the caller's.
func (i *input) Read(b []byte) (int, error) {
	data, err := await(i.ctx, func() ([]byte, error) {
		own := make([]byte, len(b))
		n, err := i.raw.Read(own)
		return own[:n], err
	})
	return copy(b, data), err
}

// await waits for read or for the end of ctx.
func await[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := read()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// showTyping gives a function that puts a terminal back as it is now: a password that
// is no longer waited for leaves it hiding what is typed.
func showTyping(in io.Reader) func() {
	file, ok := in.(*os.File)
	if !ok {
		return func() {}
	}
	state, err := term.GetState(int(file.Fd()))
	if err != nil {
		return func() {}
	}
	return func() { _ = term.Restore(int(file.Fd()), state) } // there is nothing else to do
}
