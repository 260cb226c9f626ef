package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
)

// keysQuery is the statement of the export of keys, as the server runs it for the one
// reseller there is.
const keysQuery = `SELECT k.id, k.code, k.name, k.seats, k.license_id, p.sku AS product, c.name AS company,
	c.domain AS company_domain, l.starts_on, l.ends_on, k.created_at
FROM licenses l JOIN products p ON p.id = l.product_id LEFT JOIN companies c ON c.id = l.company_id CROSS JOIN keys k
WHERE k.reseller_id = (SELECT id FROM resellers) AND k.license_id = l.id AND l.reseller_id = (SELECT id FROM resellers)
ORDER BY l.id, k.seq`

// exportRacer downloads all keys with our client.
func (b *bench) exportRacer(format string) racer {
	out := b.path("ours." + format)
	return racer{name: "resell export " + format, before: forget(out), run: func(ctx context.Context) (cost, error) {
		return b.resell(ctx, "", "export", format, "keys", "--file", out)
	}}
}

// curlRacer downloads the stream that our client asks for in CSV.
func (b *bench) curlRacer() racer {
	out := b.path("curl.csv")
	return racer{name: "curl -o, CSV", before: forget(out), run: func(ctx context.Context) (cost, error) {
		return b.curl(ctx, "-o", out, b.server.url("/v1/exports/keys?end_marker=true"))
	}}
}

// exports measures the export of keys against curl of the same stream.
func (b *bench) exports(ctx context.Context) error {
	const goal, memory = 1.10, 20
	if err := b.fill(ctx); err != nil {
		return err
	}
	what := fmt.Sprintf("export %d keys", b.rows)
	if !b.has("curl", what) {
		return nil
	}
	ours, other, err := b.race(ctx, b.runs, b.exportRacer("csv"), b.curlRacer())
	if err != nil {
		return err
	}
	b.report.pair(what, goal, ours, other)
	b.report.served(ours, other)
	b.report.memory("  client's memory", memory, ours)
	if info, err := os.Stat(b.path("ours.csv")); err == nil {
		b.report.note("The export has %.1f MiB. resell also counts its rows, sums it, and syncs the file to the disk; curl does not.",
			float64(info.Size())/(1<<20))
	}
	return nil
}

// ndjson measures the export of keys as NDJSON against curl of the CSV.
func (b *bench) ndjson(ctx context.Context) error {
	const goal = 1.35
	if err := b.fill(ctx); err != nil {
		return err
	}
	what := fmt.Sprintf("export %d keys as NDJSON", b.rows)
	if !b.has("curl", what) {
		return nil
	}
	ours, other, err := b.race(ctx, b.runs, b.exportRacer("ndjson"), b.curlRacer())
	if err != nil {
		return err
	}
	b.report.pair(what, goal, ours, other)
	b.report.served(ours, other)
	return nil
}

// sqliteExport measures the export of keys against the sqlite3 program on the same
// file, which has neither a network nor a server in between.
func (b *bench) sqliteExport(ctx context.Context) error {
	if err := b.fill(ctx); err != nil {
		return err
	}
	what := fmt.Sprintf("export %d keys", b.rows)
	if !b.has("sqlite3", what) {
		return nil
	}
	out := b.path("sqlite.csv")
	ours, other, err := b.race(ctx, b.runs, b.exportRacer("csv"),
		racer{name: "sqlite3 -csv", before: forget(out), run: func(ctx context.Context) (cost, error) {
			return b.spawn(ctx, out, "sqlite3", "-readonly", "-header", "-csv", b.server.db, keysQuery)
		}})
	if err != nil {
		return err
	}
	b.report.pair(what, 0, ours, other)
	return nil
}

// pages measures the export of keys against our own list, a page of 100 at a time.
func (b *bench) pages(ctx context.Context) error {
	const goal, most = 0.10, 20_000
	if err := b.fill(ctx); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	rows := min(b.rows, most)
	ours, other, err := b.race(ctx, b.runs, b.exportRacer("csv"),
		racer{name: "list in pages of 100", scale: float64(b.rows) / float64(rows), run: func(ctx context.Context) (cost, error) {
			return b.spawn(ctx, "", self, "page", b.server.host, strconv.Itoa(rows))
		}})
	if err != nil {
		return err
	}
	b.report.pair(fmt.Sprintf("export %d keys", b.rows), goal, ours, other)
	if rows < b.rows {
		b.report.note("The list in pages was read for %d rows, and its times are scaled up to %d.", rows, b.rows)
	}
	return nil
}
