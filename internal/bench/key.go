package main

import (
	"bufio"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/oklog/ulid/v2"

	"github.com/resell-cli/resell/internal/licensing"
)

// pragmas are those of the server's connection that writes.
const pragmas = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=1; PRAGMA cache_size=-32000; PRAGMA temp_store=memory;"

// keyInserts measures key generate, end to end, against the insert alone in the
// sqlite3 program: .import, which is one transaction of a prepared statement for each
// row, into a copy of the database that grows alike, of rows that are sorted already.
func (b *bench) keyInserts(ctx context.Context) error {
	const goal = 1.5
	if err := b.fill(ctx); err != nil {
		return err
	}
	what := fmt.Sprintf("generate %d keys", b.keys)
	if !b.has("sqlite3", what) {
		return nil
	}
	table := sqliteTable{db: b.path("copy.db"), rows: b.path("rows.csv"), count: b.keys}
	license := ""
	ours := racer{
		name: "resell key generate",
		before: func(ctx context.Context) (err error) {
			license, err = b.license(ctx, b.keys)
			return err
		},
		run: func(ctx context.Context) (cost, error) { return b.generate(ctx, license, b.keys) },
	}
	other := racer{name: "sqlite3 .import", before: table.prepare, run: func(ctx context.Context) (cost, error) {
		return b.spawn(ctx, "", "sqlite3", "-bail", "-cmd", pragmas, table.db, ".import --csv "+table.rows+" keys")
	}}
	if err := table.copyFrom(ctx, b.server.db); err != nil {
		return err
	}
	left, right, err := b.race(ctx, b.runs, ours, other)
	if err != nil {
		return err
	}
	if err := table.check(ctx, b.server.db); err != nil {
		return err
	}
	b.report.pair(what, goal, left, right)
	b.report.served(left, right)
	return nil
}

// sqliteTable is a copy of the database in which the sqlite3 program works.
type sqliteTable struct {
	db, rows string
	count    int
}

// copyFrom copies the server's database as it is, pages and all.
func (t sqliteTable) copyFrom(ctx context.Context, db string) error {
	if _, err := query(ctx, db, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return err
	}
	data, err := exec.CommandContext(ctx, "cp", db, t.db).CombinedOutput()
	if err != nil {
		return fmt.Errorf("copy the database: %w\n%s", err, data)
	}
	return nil
}

// prepare writes the rows of one run.
func (t sqliteTable) prepare(ctx context.Context) error {
	found, err := query(ctx, t.db, "SELECT max(seq), reseller_id, license_id FROM keys")
	if err != nil {
		return err
	}
	parts := strings.Split(found, "|")
	if len(parts) != 3 {
		return fmt.Errorf("the copy of the database has no keys: %q", found)
	}
	last := 0
	if _, err := fmt.Sscan(parts[0], &last); err != nil {
		return fmt.Errorf("number of the last key: %w", err)
	}
	lines := make([]string, t.count)
	codes := licensing.NewCodeGenerator(rand.Reader)
	for i := range lines {
		code, err := codes.Key()
		if err != nil {
			return err
		}
		lines[i] = fmt.Sprintf("%s,Seat %07d,1,0,2026-11-21T20:00:00Z,,key_%s", code, i+1, ulid.Make())
	}
	slices.SortFunc(lines, cmp.Compare)
	return t.write(lines, last, parts[1], parts[2])
}

func (t sqliteTable) write(lines []string, last int, reseller, license string) error {
	file, err := os.Create(t.rows)
	if err != nil {
		return fmt.Errorf("write the rows: %w", err)
	}
	out := bufio.NewWriter(file)
	for i, line := range lines {
		code, rest, _ := strings.Cut(line, ",")
		rest, id := rest[:strings.LastIndexByte(rest, ',')], rest[strings.LastIndexByte(rest, ',')+1:]
		fmt.Fprintf(out, "%d,%s,%s,%s,%s,%s\n", last+i+1, id, reseller, license, code, rest)
	}
	return errors.Join(out.Flush(), file.Close())
}

// check makes sure that both tables grew alike: the program goes on after an error.
func (t sqliteTable) check(ctx context.Context, db string) error {
	ours, err := query(ctx, db, "SELECT count(*) FROM keys")
	if err != nil {
		return err
	}
	theirs, err := query(ctx, t.db, "SELECT count(*) FROM keys")
	if err == nil && ours != theirs {
		err = fmt.Errorf("the tables differ: %s keys and %s", ours, theirs)
	}
	return err
}

func query(ctx context.Context, db, sql string) (string, error) {
	out, err := exec.CommandContext(ctx, "sqlite3", db, sql).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", sql, err, out)
	}
	return strings.TrimSpace(string(out)), nil
}
