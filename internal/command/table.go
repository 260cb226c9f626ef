package command

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table is a CSV file, read whole and checked.
type Table struct {
	Name   string // of the file, for messages
	Header []string
	Rows   []TableRow
}

// TableRow is one row with the line of the file it begins on.
type TableRow struct {
	Line  int
	Cells []string
}

const (
	maxTable = 1 << 30  // bytes of a file
	maxCell  = 64 << 10 // bytes of a cell
)

// ReadTable reads CSV as RFC 4180 has it, in UTF-8, with or without a byte order mark
// and with either line end; spreadsheets of some countries put semicolons or tabs where
// others put commas, and the header tells which. Wrong column counts, wrong quotes, text that is not UTF-8,
// cells over 64 kB and files without a row are refused with the line they are on.
func ReadTable(in io.Reader, name string) (Table, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxTable+1))
	if err != nil {
		return Table{}, Usage("%s: %s", name, reason(err))
	}
	if len(text) > maxTable {
		return Table{}, Usage("%s is larger than %d MiB", name, maxTable>>20)
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if at := invalidUTF8(text); at >= 0 {
		return Table{}, Usage("%s, line %d: not UTF-8 text; save the file as UTF-8", name, 1+bytes.Count(text[:at], []byte("\n")))
	}
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comma = separator(text)
	table := Table{Name: name}
	if table.Header, err = reader.Read(); err != nil {
		if errors.Is(err, io.EOF) {
			return table, Usage("%s is empty: the first line names the columns", name)
		}
		return table, badRow(name, table, err)
	}
	if err := checkHeader(table); err != nil {
		return table, err
	}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return table, badRow(name, table, err)
		}
		line, _ := reader.FieldPos(0)
		for i, cell := range cells {
			if len(cell) > maxCell {
				return table, Usage("%s, line %d: the cell %s is longer than %d kB", name, line, table.Header[i], maxCell>>10)
			}
		}
		table.Rows = append(table.Rows, TableRow{line, cells})
	}
	if len(table.Rows) == 0 {
		return table, Usage("%s has a header, but no rows", name)
	}
	return table, nil
}

// separator is what stands between the names of the columns: a name has none of these.
func separator(text []byte) rune {
	header, _, _ := bytes.Cut(text, []byte("\n"))
	if !bytes.ContainsRune(header, ',') {
		for _, other := range ";\t" {
			if bytes.ContainsRune(header, other) {
				return other
			}
		}
	}
	return ','
}

// Require refuses a table that lacks a column.
func (t Table) Require(columns ...string) error {
	for _, c := range columns {
		if !slices.Contains(t.Header, c) {
			return Usage("%s has no column %q; its columns: %s", t.Name, c, strings.Join(t.Header, ", "))
		}
	}
	return nil
}

func checkHeader(t Table) error {
	for i, c := range t.Header {
		if c == "" {
			return Usage("%s: column %d has no name", t.Name, i+1)
		}
		if slices.Contains(t.Header[:i], c) {
			return Usage("%s: the column %q is there twice", t.Name, c)
		}
	}
	return nil
}

func badRow(name string, t Table, err error) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return Usage("%s: %s", name, err)
	}
	if errors.Is(err, csv.ErrFieldCount) {
		return Usage("%s, line %d: not %d columns, as the header has", name, parse.Line, len(t.Header))
	}
	return Usage("%s, line %d: %s", name, parse.Line, parse.Err)
}

func invalidUTF8(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

func reason(err error) error {
	if path, ok := errors.AsType[*os.PathError](err); ok {
		return path.Err
	}
	return err
}

// Results writes what became of each row of a table: its cells, then id, status, code
// and message. Where no file was asked for, it writes nothing.
type Results struct {
	file *os.File
	csv  *csv.Writer
}

// NewResults begins a results file; "" is none.
func NewResults(path string, header []string) (*Results, error) {
	if path == "" {
		return &Results{}, nil
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, Usage("--results: %s", err)
	}
	r := &Results{file, csv.NewWriter(file)}
	return r, r.Write(header, "result_id", "result_status", "result_code", "result_message")
}

// Write adds a row.
func (r *Results) Write(cells []string, result ...string) error {
	if r.file == nil {
		return nil
	}
	if err := r.csv.Write(append(slices.Clone(cells), result...)); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

// Close finishes the file.
func (r *Results) Close() error {
	if r.file == nil {
		return nil
	}
	r.csv.Flush()
	if err := errors.Join(r.csv.Error(), r.file.Close()); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}
