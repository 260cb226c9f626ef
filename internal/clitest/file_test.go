package clitest_test

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

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
