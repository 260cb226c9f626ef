package clitest_test

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// write makes a file of text with escapes such as \r and \xff: FILE TEXT…, where
// N x before a text of one character repeats it.
func (r *runner) write(ts *testscript.TestScript, args []string) {
	if len(args) < 2 {
		ts.Fatalf("write FILE TEXT…")
	}
	var content bytes.Buffer
	for rest := args[1:]; len(rest) > 0; {
		if times, err := strconv.Atoi(rest[0]); err == nil && len(rest) > 1 && rest[1] == "x" {
			content.Write(bytes.Repeat([]byte("x"), times))
			rest = rest[2:]
			continue
		}
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(rest[0], `"`, `\"`) + `"`)
		ts.Check(err)
		content.WriteString(text)
		rest = rest[1:]
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content.Bytes(), 0o600))
}

// same compares columns of two files, CSV or NDJSON, cell for cell: FILE FILE COLUMNS.
func (r *runner) same(ts *testscript.TestScript, args []string) {
	if len(args) != 3 {
		ts.Fatalf("same FILE FILE COLUMN,COLUMN…")
	}
	columns := strings.Split(args[2], ",")
	want, got := cells(ts, args[0], columns), cells(ts, args[1], columns)
	if len(want) != len(got) {
		ts.Fatalf("%d rows, not %d", len(got), len(want))
	}
	for i := range want {
		if !slices.Equal(want[i], got[i]) {
			ts.Fatalf("row %d is %q, not %q", i+1, got[i], want[i])
		}
	}
}

func cells(ts *testscript.TestScript, file string, columns []string) [][]string {
	text := ts.ReadFile(file)
	var rows [][]string
	if strings.HasSuffix(file, ".ndjson") {
		lines := bufio.NewScanner(strings.NewReader(text))
		for lines.Scan() {
			var object map[string]any
			ts.Check(json.Unmarshal(lines.Bytes(), &object))
			row := make([]string, len(columns))
			for i, column := range columns {
				row[i] = fmt.Sprint(object[column])
			}
			rows = append(rows, row)
		}
		return rows
	}
	table, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	ts.Check(err)
	for _, from := range table[1:] {
		row := make([]string, len(columns))
		for i, column := range columns {
			row[i] = from[slices.Index(table[0], column)]
		}
		rows = append(rows, row)
	}
	return rows
}

// mails waits until so many mails have gone out, and prints them, or with -last the last
// one alone.
func (r *runner) mails(ts *testscript.TestScript, args []string) {
	last := len(args) == 2 && args[0] == "-last"
	if last {
		args = args[1:]
	}
	count, err := strconv.Atoi(one(ts, args))
	ts.Check(err)
	ctx, cancel := context.WithTimeout(r.tb.Context(), mailWait)
	defer cancel()
	r.server.Mails.Await(ctx, count)
	files, err := filepath.Glob(ts.MkAbs("mail/*.eml"))
	ts.Check(err)
	if len(files) != count {
		ts.Fatalf("%d mails, not %d", len(files), count)
	}
	if last {
		slices.SortFunc(files, func(a, b string) int { return cmp.Compare(written(ts, a), written(ts, b)) })
		files = files[len(files)-1:]
	}
	for _, file := range files {
		text, err := readable(strings.ReplaceAll(ts.ReadFile(file), "\r\n", "\n"))
		ts.Check(err)
		fmt.Fprintln(ts.Stdout(), text)
	}
}

const mailWait = 20 * time.Second

func written(ts *testscript.TestScript, file string) int64 {
	info, err := os.Stat(file)
	ts.Check(err)
	return info.ModTime().UnixNano()
}

// readable undoes the encodings of a mail: of the header's words and lines, and of a body
// in one part.
func readable(text string) (string, error) {
	header, body, _ := strings.Cut(text, "\n\n")
	header, err := new(mime.WordDecoder).DecodeHeader(strings.ReplaceAll(header, "\n ", " "))
	if err != nil || !strings.Contains(header, "Content-Transfer-Encoding: quoted-printable") {
		return header + "\n\n" + strings.ReplaceAll(body, "=\n", ""), err
	}
	plain, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(body)))
	return header + "\n\n" + string(plain), err
}

// buy buys licenses, each by itself, and puts their ids into a variable: COUNT
// COMPANY NAME.
func (r *runner) buy(ts *testscript.TestScript, args []string) {
	if len(args) != 3 {
		ts.Fatalf("buy COUNT COMPANY NAME")
	}
	count, err := strconv.Atoi(args[0])
	ts.Check(err)
	for range count {
		r.run(ts, false, []string{"license", "add", "--company", args[1], "--product", "signage", "--term", "yearly:1", "--quantity", "1", "--yes", "-o", "name"})
		if r.exit != 0 {
			ts.Fatalf("exit code %d", r.exit)
		}
	}
	bought, ok := ts.Stdout().(fmt.Stringer)
	if !ok {
		ts.Fatalf("standard output is not kept")
	}
	ts.Setenv(args[2], strings.Join(strings.Fields(bought.String()), ","))
}
