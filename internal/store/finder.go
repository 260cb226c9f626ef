package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// finder finds the rows of a list by a text. There are two ways to do that, and which
// is the quick one depends on how many rows have the text, which nobody knows:
// reading the list and looking at each row, or asking indexes for the rows.
type finder[K cmp.Ordered] struct {
	table, alias string // of the list, and in its statement
	key          string // column by which the list is ordered, last first
	resellers    []string
	conditions   func() *conditions // the other conditions of the list
	narrow       bool               // they leave few rows, by indexes of their own
	needle       needle
	has          func(c *conditions) string // tells of one row whether it has the text
	ways         []way                      // to the rows by indexes, together to all of them; none where no index knows the text
}

// Sizes of the steps in which both ways are gone.
const (
	firstWindow  = 256
	windowGrowth = 8
	windows      = 3       // after so many, nothing is left but to read the list
	mostIDs      = 1 << 18 // that an index is asked for before that
	idsAtOnce    = 500
)

// listed gives a page of a list, of the rows that are to be found where some are.
func listed[T any](ctx context.Context, tx *Tx, f finder[string], p Page, read func(rest string, args []any) ([]T, error)) ([]T, error) {
	if !f.needle.asked && len(f.ways) == 0 {
		c := f.conditions()
		rest := c.page(f.column(), p)
		return read(rest, c.args)
	}
	var after *string
	if p.After != "" {
		after = &p.After
	}
	return find(ctx, tx, f, after, p.Limit, read)
}

// find gives the first rows of a list, limit at most, after the one with a key. It
// goes both ways by turns, in steps that grow, until one of them has come to its end:
// it reads the next rows of the list, and then, unless the indexes know more than twice
// as many rows, those that they know. So text that is in many rows is
// found among the first of the list, text that is in few by an index, and neither
// takes more than a few times what the better way alone would.
func find[T any, K cmp.Ordered](ctx context.Context, tx *Tx, f finder[K], after *K, limit int,
	read func(rest string, args []any) ([]T, error),
) ([]T, error) {
	var found []T
	page := func(c *conditions) (full bool, err error) {
		rows, err := read(fmt.Sprintf("%s ORDER BY %s DESC LIMIT %d", c, f.column(), limit-len(found)), tx.planned(c.args))
		found = append(found, rows...)
		return len(found) >= limit, err
	}
	for step, window := 0, firstWindow; ; step, window = step+1, window*windowGrowth {
		var until *K
		if !f.narrow && step < windows {
			var err error
			if until, err = f.boundary(ctx, tx, after, window); err != nil {
				return nil, err
			}
		}
		if full, err := page(f.window(after, until)); err != nil || full || until == nil {
			return found, err
		}
		after = until
		most := 2 * window
		if step == windows-1 {
			most = mostIDs
		}
		ids, all, err := f.gather(ctx, tx, *after, most)
		if err != nil {
			return nil, err
		}
		if !all {
			continue
		}
		for part := range slices.Chunk(ids, idsAtOnce) {
			c := f.conditions()
			c.terms = append(c.terms, in(c, f.column(), part))
			if full, err := page(c); err != nil || full {
				return found, err
			}
		}
		return found, nil
	}
}

func (f finder[K]) column() string { return f.alias + "." + f.key }

// boundary gives the last key of the next so many rows of a list, about; nil where
// there are not so many.
func (f finder[K]) boundary(ctx context.Context, tx *Tx, after *K, rows int) (*K, error) {
	if len(f.resellers) == 0 {
		return nil, nil //nolint:nilnil // documented above
	}
	var c conditions
	before := ""
	if after != nil {
		before = " AND x." + f.key + " < " + c.arg(*after)
	}
	query := fmt.Sprintf(`SELECT max(last) FROM (
		SELECT (SELECT x.%[1]s FROM %[2]s x WHERE x.reseller_id = r.id%[3]s ORDER BY x.%[1]s DESC LIMIT 1 OFFSET %[4]d) AS last
		FROM resellers r WHERE %[5]s) y`, f.key, f.table, before, max(1, rows/len(f.resellers))-1, in(&c, "r.id", f.resellers))
	return get[*K](ctx, tx, query, c.args...)
}

// window chooses the rows that have the text, after one key until another.
func (f finder[K]) window(after, until *K) *conditions {
	c := f.conditions()
	if after != nil {
		c.add(f.column()+" < %s", *after)
	}
	if until != nil {
		c.add(f.column()+" >= %s", *until)
	}
	c.terms = append(c.terms, f.has(c))
	return c
}

// gather asks the indexes for the keys of all rows with the text that come after a
// key, last first. It reports false where they do not know, or where there are more
// rows than a number.
func (f finder[K]) gather(ctx context.Context, tx *Tx, after K, most int) ([]K, bool, error) {
	var ids []K
	for _, w := range f.ways {
		found, all, err := walk[K](ctx, tx, w, most-len(ids))
		if err != nil || !all {
			return nil, false, err
		}
		ids = append(ids, found...)
	}
	ids = slices.DeleteFunc(ids, func(id K) bool { return id >= after })
	slices.SortFunc(ids, func(a, b K) int { return cmp.Compare(b, a) })
	return slices.Compact(ids), len(f.ways) > 0, nil
}

// finding is the conditions of an export, with the text that is searched for, if any.
func finding[K cmp.Ordered](others func() *conditions, finder func(Dialect) finder[K]) func(Dialect) *conditions {
	return func(d Dialect) *conditions {
		c := others()
		if f := finder(d); f.needle.asked {
			f.all(c)
		}
		return c
	}
}

// all chooses all rows that have the text, for a statement that reads them to the end.
func (f finder[K]) all(c *conditions) {
	if f.narrow || len(f.ways) == 0 || f.needle.isShort() {
		c.terms = append(c.terms, f.has(c))
		return
	}
	queries := make([]string, len(f.ways))
	for i, w := range f.ways {
		queries[i] = w.whole(c)
	}
	c.terms = append(c.terms, f.column()+" IN ("+strings.Join(queries, " UNION ALL ")+")")
}

// planned is the arguments of a statement that PostgreSQL is to plan for just these:
// a plan for any text would read tables whole.
func (tx *Tx) planned(args []any) []any {
	if tx.dialect == Postgres {
		return append([]any{pgx.QueryExecModeCacheDescribe}, args...)
	}
	return args
}
