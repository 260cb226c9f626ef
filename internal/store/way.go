package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// way leads by indexes to the keys of rows that have a text.
type way struct {
	query func(c *conditions) string // selects keys
	hops  []hop                      // from these to rows that refer to them, and so on
	// A statement whose rows lead to those of the query: where it selects very many,
	// the query takes long, however few it selects.
	probe func(c *conditions) string
}

// hop is from the ids of rows to those of a table that refer to them.
type hop struct {
	table, column string
	resellers     []string // whose rows; nil where all that refer are of one reseller
}

// wayTo leads by a column of a table, from the rows whose own text it is.
func wayTo(d Dialect, table, column string, n needle, resellers []string) way {
	w := way{query: func(c *conditions) string { return "SELECT x." + column + c.having(d, table, n, resellers) }}
	if d == SQLite && n.isShort() {
		w.probe = func(c *conditions) string { return "SELECT doc" + c.beginning(table, n) }
	}
	return w
}

// through leads on to the rows of a table that refer to those of the way.
func (w way) through(h hop) way {
	w.hops = append(slices.Clone(w.hops), h)
	return w
}

// whole is the way in one statement.
func (w way) whole(c *conditions) string {
	query := w.query(c)
	for _, h := range w.hops {
		query = h.query(c, "y."+h.column+" IN ("+query+")")
	}
	return query
}

func (h hop) query(c *conditions, refers string) string {
	owned := ""
	if h.resellers != nil {
		owned = in(c, "y.reseller_id", h.resellers) + " AND "
	}
	return "SELECT y.id FROM " + h.table + " y WHERE " + owned + refers
}

// walk gives the keys at the end of a way, so many at most. It reports false where
// there are more, also of rows on the way.
func walk[K cmp.Ordered](ctx context.Context, tx *Tx, w way, most int) ([]K, bool, error) {
	if w.probe != nil {
		var c conditions
		n, err := get[int](ctx, tx, fmt.Sprintf("SELECT count(*) FROM (%s LIMIT %d) found", w.probe(&c), most+1), tx.planned(c.args)...)
		if err != nil || n > most {
			return nil, false, err
		}
	}
	var c conditions
	query := w.query(&c)
	if len(w.hops) == 0 {
		return limited[K](ctx, tx, query, c.args, most)
	}
	ids, all, err := limited[string](ctx, tx, query, c.args, most)
	for i := 0; err == nil && all && i < len(w.hops)-1; i++ {
		ids, all, err = step[string](ctx, tx, w.hops[i], ids, most)
	}
	if err != nil || !all {
		return nil, false, err
	}
	return step[K](ctx, tx, w.hops[len(w.hops)-1], ids, most)
}

// step goes a hop from ids. The ids are in the statement, so that the database knows
// how few they are: it has no idea how many rows have a text.
func step[K cmp.Ordered](ctx context.Context, tx *Tx, h hop, ids []string, most int) ([]K, bool, error) {
	var found []K
	for part := range slices.Chunk(ids, idsAtOnce) {
		var c conditions
		query := h.query(&c, in(&c, "y."+h.column, part))
		next, all, err := limited[K](ctx, tx, query, c.args, most-len(found))
		if err != nil || !all {
			return nil, false, err
		}
		found = append(found, next...)
	}
	return found, true, nil
}

// limited gives what a statement selects, unless that is more than a number.
func limited[K cmp.Ordered](ctx context.Context, tx *Tx, query string, args []any, most int) ([]K, bool, error) {
	found, err := selectAll[K](ctx, tx, fmt.Sprintf("SELECT * FROM (%s) found LIMIT %d", query, most+1), tx.planned(args)...)
	return found, len(found) <= most, err
}
