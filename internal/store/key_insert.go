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

// alike is how many of the first keys differ in nothing but id, code and name, with
// ids and codes of one length.
func alike(keys []licensing.Key) int {
	common := func(k licensing.Key) licensing.Key {
		k.ID, k.Code, k.Name = "", "", ""
		return k
	}
	first := keys[0]
	for i, k := range keys {
		if i == insertedAtOnce || len(k.ID) != len(first.ID) || len(k.Code) != len(first.Code) || common(k) != common(first) {
			return i
		}
	}
	return len(keys)
}

// insertAlike adds keys in one statement, which cuts their texts out of a blob of
// records of one size: id, code, length of the name, name, length of the name that is
// searched by, that name. A statement for each key takes twice as long.
func (tx *Tx) insertAlike(ctx context.Context, keys []licensing.Key) error {
	const digits = 8 // of a length
	first, longest, longestSearch := keys[0], 0, 0
	searches := make([]string, len(keys))
	for i, k := range keys {
		searches[i] = searchName(k.Name)
		longest, longestSearch = max(longest, len(k.Name)), max(longestSearch, len(searches[i]))
	}
	id, code := len(first.ID), len(first.Code)
	name := id + code
	search := name + digits + longest
	size := search + digits + longestSearch
	records := make([]byte, size*len(keys))
	for i, k := range keys {
		record := records[i*size:]
		copy(record, k.ID)
		copy(record[id:], k.Code)
		copy(record[name:], fmt.Sprintf("%0*d%s", digits, len(k.Name), k.Name))
		copy(record[search:], fmt.Sprintf("%0*d%s", digits, len(searches[i]), searches[i]))
	}
	cut := func(at int) string {
		return fmt.Sprintf("CAST(substr($1, at + %d, CAST(substr($1, at + %d, %d) AS INTEGER)) AS TEXT)", at+digits, at, digits)
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf(`WITH RECURSIVE record (at) AS (VALUES (1) UNION ALL SELECT at + %d FROM record WHERE at < %d)
		INSERT INTO keys (id, code, name, search_name, reseller_id, license_id, seats, created_at)
		SELECT CAST(substr($1, at, %d) AS TEXT), CAST(substr($1, at + %d, %d) AS TEXT), %s, %s, $2, $3, $4, $5
		FROM record`, size, len(records)-size, id, id, code, cut(name), cut(search)),
		records, first.ResellerID, first.LicenseID, first.Seats, first.CreatedAt)
	if err != nil {
		return fmt.Errorf("insert keys: %w", translate(err))
	}
	return nil
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
