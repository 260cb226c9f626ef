package command

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/output"
)

const (
	idsAtOnce  = 100   // that an export takes
	fewRows    = 2_000 // that are asked for by their ids; with more, all there are are read
	resultMark = "result_"
)

// currentRows are rows as an export has them now.
type currentRows struct {
	header  []string
	columns map[string]int
	rows    map[string][]string // by id; nil until it is read
}

// cell is a column of a row; "" where there is none.
func (r *currentRows) cell(id, column string) string {
	if at, ok := r.columns[column]; ok && r.rows[id] != nil {
		return r.rows[id][at]
	}
	return ""
}

// current reads the rows of a file as they are now.
func (a Apply[X, I, O]) current(ctx context.Context, f *Factory, c *client.Client, rows []applyRow) (*currentRows, error) {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.id
	}
	now := &currentRows{rows: make(map[string][]string, len(ids))}
	parts := []string{""}
	if len(ids) <= fewRows {
		parts = nil
		for part := range slices.Chunk(ids, idsAtOnce) {
			parts = append(parts, strings.Join(part, ","))
		}
	}
	wanted := make(map[string]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	progress := f.Progress(-1, "compared")
	defer progress.Done()
	for _, part := range parts {
		if err := a.read(ctx, c, a.Rows(part), now, wanted); err != nil {
			return nil, fmt.Errorf("read the %s as they are now: %w", a.Nouns, err)
		}
		progress.Set(int64(len(now.rows)))
	}
	return now, nil
}

// read takes the wanted rows out of an export.
func (a Apply[X, I, O]) read(ctx context.Context, c *client.Client, in X, now *currentRows, wanted map[string]bool) error {
	from, to := io.Pipe()
	streamed := make(chan error, 1)
	go func() {
		_, err := client.Stream(ctx, c, a.Export, in, to, client.StreamOptions{})
		_ = to.CloseWithError(err) // always nil
		streamed <- err
	}()
	err := now.take(csv.NewReader(from), wanted)
	_ = from.CloseWithError(err) // always nil
	if failed := <-streamed; failed != nil && !errors.Is(failed, err) {
		return failed
	}
	return err
}

func (r *currentRows) take(rows *csv.Reader, wanted map[string]bool) error {
	header, err := rows.Read()
	if err != nil {
		return err
	}
	r.header, r.columns = header, make(map[string]int, len(header))
	for i, column := range header {
		r.columns[column] = i
	}
	for _, column := range []string{"id", "version"} {
		if _, ok := r.columns[column]; !ok {
			return fmt.Errorf("the server's export has no column %s: it is too old for this", column)
		}
	}
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if id := cells[r.columns["id"]]; wanted[id] {
			r.rows[id] = cells
		}
	}
}

// knows refuses a file with columns that an export has not.
func (r *currentRows) knows(table Table) error {
	for _, column := range table.Header {
		if _, ok := r.columns[column]; !ok && !strings.HasPrefix(column, resultMark) {
			return Usage("%s has a column %q, which the export has not%s; take it out, or give it its name: %s",
				table.Name, column, output.DidYouMean(column, r.header), strings.Join(r.header, ", "))
		}
	}
	return nil
}
