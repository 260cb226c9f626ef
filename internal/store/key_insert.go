package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/resell-cli/resell/internal/licensing"
)

// InsertKeys adds keys, however many. They go in by code, so that the index of
// codes is walked once instead of jumped about in; their ids are given already,
// and tell nothing of a neighbour's code. It fails with ErrExists where a code is
// taken. The slice is reordered.
func (tx *Tx) InsertKeys(ctx context.Context, keys []licensing.Key) error {
	slices.SortFunc(keys, func(a, b licensing.Key) int { return cmp.Compare(a.Code, b.Code) })
	if tx.dialect == Postgres {
		for part := range slices.Chunk(keys, insertedAtOnce) {
			if err := tx.insertKeyArrays(ctx, part); err != nil {
				return err
			}
		}
		return nil
	}
	for len(keys) > 0 {
		n := alike(keys)
		if err := tx.insertAlike(ctx, keys[:n]); err != nil {
			return err
		}
		keys = keys[n:]
	}
	return nil
}

// insertedAtOnce is how many keys one statement takes: enough for its own cost to
// vanish, and few enough for its arguments to stay in the processor's cache.
const insertedAtOnce = 10_000

// alike is how many of the first keys differ in nothing but id, code and name.
func alike(keys []licensing.Key) int {
	common := func(k licensing.Key) licensing.Key {
		k.ID, k.Code, k.Name = "", "", ""
		return k
	}
	first := common(keys[0])
	for i, k := range keys {
		if i == insertedAtOnce || common(k) != first {
			return i
		}
	}
	return len(keys)
}

// insertAlike adds keys in one statement, which cuts their texts out of a blob of
// records of one size. A statement for each key takes twice as long.
func (tx *Tx) insertAlike(ctx context.Context, keys []licensing.Key) error {
	columns := [4]cutColumn{}
	size := 0
	for i, text := range []func(licensing.Key) string{
		func(k licensing.Key) string { return k.ID },
		func(k licensing.Key) string { return k.Code },
		func(k licensing.Key) string { return k.Name },
		func(k licensing.Key) string { return searchName(k.Name) },
	} {
		columns[i] = newCutColumn(size, keys, text)
		size += columns[i].size()
	}
	records := make([]byte, size*len(keys))
	for i := range keys {
		for _, c := range columns {
			c.put(records[i*size:], i)
		}
	}
	first := keys[0]
	_, err := tx.ExecContext(ctx, fmt.Sprintf(`WITH RECURSIVE record (at) AS (VALUES (1) UNION ALL SELECT at + %d FROM record WHERE at < %d)
		INSERT INTO keys (id, code, name, search_name, reseller_id, license_id, seats, created_at)
		SELECT %s, %s, %s, %s, $2, $3, $4, $5
		FROM record`, size, len(records)-size, columns[0].cut(), columns[1].cut(), columns[2].cut(), columns[3].cut()),
		records, first.ResellerID, first.LicenseID, first.Seats, first.CreatedAt)
	if err != nil {
		return fmt.Errorf("insert keys: %w", translate(err))
	}
	return nil
}

// cutColumn is a column whose texts are in records of one size, each at the same place:
// behind its length where they are not all of one.
type cutColumn struct {
	at      int // in a record
	texts   []string
	longest int
	varies  bool
}

const lengthDigits = 8

func newCutColumn(at int, keys []licensing.Key, text func(licensing.Key) string) cutColumn {
	c := cutColumn{at: at, texts: make([]string, len(keys))}
	for i, k := range keys {
		c.texts[i] = text(k)
		c.longest = max(c.longest, len(c.texts[i]))
		c.varies = c.varies || len(c.texts[i]) != len(c.texts[0])
	}
	return c
}

// size is how much of a record it takes.
func (c cutColumn) size() int {
	if c.varies {
		return lengthDigits + c.longest
	}
	return c.longest
}

// put writes a text into its record.
func (c cutColumn) put(record []byte, i int) {
	text := c.texts[i]
	if c.varies {
		text = fmt.Sprintf("%0*d%s", lengthDigits, len(text), text)
	}
	copy(record[c.at:], text)
}

// cut is the text in SQL. Reading a length takes as long as the text itself.
func (c cutColumn) cut() string {
	switch {
	case c.longest == 0:
		return "''"
	case c.varies:
		return fmt.Sprintf("CAST(substr($1, at + %d, CAST(substr($1, at + %d, %d) AS INTEGER)) AS TEXT)", c.at+lengthDigits, c.at, lengthDigits)
	}
	return fmt.Sprintf("CAST(substr($1, at + %d, %d) AS TEXT)", c.at, c.longest)
}

// insertKeyArrays sends the keys column by column in one statement.
func (tx *Tx) insertKeyArrays(ctx context.Context, keys []licensing.Key) error {
	n := len(keys)
	ids, resellers, codes, created := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	names, searches := make([]string, n), make([]string, n)
	licenses, seats := make([]*string, n), make([]int64, n)
	for i, k := range keys {
		ids[i], resellers[i], codes[i], created[i], seats[i] = k.ID, k.ResellerID, k.Code, k.CreatedAt.String(), k.Seats
		names[i], searches[i] = k.Name, searchName(k.Name)
		if k.LicenseID != "" {
			id := string(k.LicenseID)
			licenses[i] = &id
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO keys (id, reseller_id, license_id, code, name, search_name, seats, created_at)
		SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])`,
		ids, resellers, licenses, codes, names, searches, seats, created)
	if err != nil {
		return fmt.Errorf("insert keys: %w", translate(err))
	}
	return nil
}
