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
		return tx.insertKeyArrays(ctx, keys)
	}
	statement, err := tx.PrepareContext(ctx, `INSERT INTO keys (id, reseller_id, license_id, code, name, seats, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`)
	if err != nil {
		return fmt.Errorf("prepare insert of keys: %w", err)
	}
	defer func() { _ = statement.Close() }()
	for _, k := range keys {
		if _, err := statement.ExecContext(ctx, k.ID, k.ResellerID, k.LicenseID, k.Code, k.Name, k.Seats, k.CreatedAt); err != nil {
			return fmt.Errorf("insert key: %w", translate(err))
		}
	}
	return nil
}

// insertKeyArrays sends the keys column by column in one statement.
func (tx *Tx) insertKeyArrays(ctx context.Context, keys []licensing.Key) error {
	n := len(keys)
	ids, resellers, codes, names, created := make([]string, n), make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	licenses, seats := make([]*string, n), make([]int64, n)
	for i, k := range keys {
		ids[i], resellers[i], codes[i], names[i], created[i], seats[i] = k.ID, k.ResellerID, k.Code, k.Name, k.CreatedAt.String(), k.Seats
		if k.LicenseID != "" {
			id := string(k.LicenseID)
			licenses[i] = &id
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO keys (id, reseller_id, license_id, code, name, seats, created_at)
		SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[])`,
		ids, resellers, licenses, codes, names, seats, created)
	if err != nil {
		return fmt.Errorf("insert keys: %w", translate(err))
	}
	return nil
}
