package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
)

// ExportFlags say where an export goes.
type ExportFlags struct {
	File  string // "" or - is standard output
	Excel bool   // begin with a byte order mark
	// SinceCursor is a file that tells where the export before has ended. Only what came
	// since is exported then, and the file is replaced when all of it is written.
	SinceCursor string
	// Convert makes the file of the rows, which it reads to their end: it fails where the
	// rows do. None is a file of the rows as they are.
	Convert func(rows io.Reader, file io.Writer) error
}

// Export streams an export to a file or to standard output. A file gets its name
// only when all rows are in it and the number of rows and the SHA-256 are right;
// until then it has another name beside it, and on failure it goes away.
func Export[I any](ctx context.Context, f *Factory, flags ExportFlags, op api.Op[I, api.Stream], in I) error {
	if err := checkTarget(flags.File); err != nil {
		return err
	}
	if err := askSince(&in, flags); err != nil {
		return err
	}
	c, err := f.Client(ctx)
	if err != nil {
		return err
	}
	progress := &Progress{}
	if !toStdout(flags.File) || isFile(f.Stdout) { // rows that may come to the terminal, through a pipe too, are progress enough
		progress = f.Progress(-1, "rows")
	}
	stream := func(w io.Writer) (client.StreamResult, error) {
		if flags.Excel {
			w = &markWriter{w: w}
		}
		result, err := convert(w, flags.Convert, func(w io.Writer) (client.StreamResult, error) {
			return client.Stream(ctx, c, op, in, w, client.StreamOptions{Progress: func(rows, _ int64) { progress.Set(rows) }})
		})
		if err == nil && flags.SinceCursor != "" && result.Next == "" {
			err = &client.IncompleteError{Rows: result.Rows, Err: errNoCursor}
		}
		return result, err
	}
	if toStdout(flags.File) {
		result, err := stream(f.Stdout)
		progress.Done()
		if err != nil {
			return err
		}
		return keepCursor(flags, result.Next)
	}
	result, err := writeWhole(flags.File, stream)
	progress.Done()
	if err != nil {
		return err
	}
	if err := keepCursor(flags, result.Next); err != nil {
		return err
	}
	if flags.Convert != nil { // the sum is that of the rows, and not of the file
		f.Note("%s: %d rows", flags.File, result.Rows)
		return nil
	}
	f.Note("%s: %d rows, %d bytes, sha256 %s", flags.File, result.Rows, result.Bytes, result.SHA256)
	return nil
}

// convert hands what stream writes on to to, and that writes to w. Without to, stream does.
func convert(w io.Writer, to func(io.Reader, io.Writer) error, stream func(io.Writer) (client.StreamResult, error)) (client.StreamResult, error) {
	if to == nil {
		return stream(w)
	}
	rows, feed := io.Pipe()
	converted := make(chan error, 1)
	go func() {
		err := to(rows, destination{w})
		_ = rows.CloseWithError(err) // a stream that nobody reads any more ends
		converted <- err
	}()
	result, err := stream(feed)
	_ = feed.CloseWithError(err)
	if failed := <-converted; failed != nil && !errors.Is(failed, err) {
		return result, failed // the stream has failed because of that, if at all
	}
	return result, err
}

// destination tells a file that takes no more from rows that cannot be converted.
type destination struct{ w io.Writer }

func (d destination) Write(b []byte) (int, error) {
	n, err := d.w.Write(b)
	if err != nil {
		err = &client.WriteError{Err: err}
	}
	return n, err
}

// isFile reports whether what is written there goes to a file, and to nobody's screen.
func isFile(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode().IsRegular()
}

func toStdout(file string) bool { return file == "" || file == "-" }

func checkTarget(file string) error {
	if toStdout(file) {
		return nil
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return Usage("--file %s is a folder: name a file", file)
	}
	if _, err := os.Stat(filepath.Dir(file)); err != nil {
		return Usage("--file %s: its folder does not exist", file)
	}
	return nil
}

// writeWhole makes a file appear whole or not at all.
func writeWhole(path string, write func(io.Writer) (client.StreamResult, error)) (result client.StreamResult, err error) {
	if info, statErr := os.Stat(path); statErr == nil && !info.Mode().IsRegular() {
		return writeDevice(path, write)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.part")
	if err != nil {
		return result, fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	result, err = write(file)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return result, fmt.Errorf("write %s: %w", path, err)
	}
	if err = os.Rename(file.Name(), path); err != nil {
		return result, fmt.Errorf("write %s: %w", path, err)
	}
	return result, nil
}

// writeDevice writes to what cannot be replaced, such as a named pipe.
func writeDevice(path string, write func(io.Writer) (client.StreamResult, error)) (client.StreamResult, error) {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return client.StreamResult{}, fmt.Errorf("write %s: %w", path, err)
	}
	result, err := write(file)
	return result, errors.Join(err, file.Close())
}

// markWriter puts a byte order mark before the first byte, which makes spreadsheet
// programs read UTF-8.
type markWriter struct {
	w      io.Writer
	marked bool
}

func (m *markWriter) Write(b []byte) (int, error) {
	if !m.marked {
		m.marked = true
		if _, err := m.w.Write([]byte("\xef\xbb\xbf")); err != nil {
			return 0, err
		}
	}
	return m.w.Write(b)
}
