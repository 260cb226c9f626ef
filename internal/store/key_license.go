package store

import (
	"context"

	"github.com/jmoiron/sqlx"

	"github.com/resell-cli/resell/internal/licensing"
)

// AddKeyLicense lets a key unlock a license: its first, or a further one. It fails
// with ErrExists where the key has it as a further license.
func (tx *Tx) AddKeyLicense(ctx context.Context, key licensing.Key, license string, now licensing.Time) error {
	if key.LicenseID == "" {
		_, err := tx.ExecContext(ctx, "UPDATE keys SET license_id = $1 WHERE id = $2", license, key.ID)
		return translate(err)
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO key_licenses (key_id, license_id, created_at) VALUES ($1, $2, $3)", key.ID, license, now)
	return translate(err)
}

// SharesKey gives a license of another company than the one named that some key
// unlocks together with a license; "" where there is none.
func (tx *Tx) SharesKey(ctx context.Context, license, company string) (string, error) {
	found, err := selectAll[string](ctx, tx, `SELECT l.id FROM licenses l WHERE l.company_id <> $2 AND l.id IN (
		SELECT x.license_id FROM key_licenses x JOIN keys k ON k.id = x.key_id WHERE k.license_id = $1
		UNION SELECT k.license_id FROM key_licenses x JOIN keys k ON k.id = x.key_id WHERE x.license_id = $1
		UNION SELECT y.license_id FROM key_licenses x JOIN key_licenses y ON y.key_id = x.key_id WHERE x.license_id = $1)
		ORDER BY l.id LIMIT 1`, license, company)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}

// KeyLicenses gives the licenses that keys unlock, by the key's id: the first one
// first, then the further ones as they were added.
func (tx *Tx) KeyLicenses(ctx context.Context, keys ...licensing.Key) (map[string][]licensing.License, error) {
	unlocks := make(map[string][]string)
	var ids []string
	for _, k := range keys {
		if k.LicenseID != "" {
			unlocks[k.ID] = []string{string(k.LicenseID)}
			ids = append(ids, k.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil //nolint:nilnil // keys without a license unlock nothing
	}
	query, args, err := sqlx.In("SELECT key_id, license_id FROM key_licenses WHERE key_id IN (?) ORDER BY created_at, license_id", ids)
	if err != nil {
		return nil, err
	}
	further, err := selectAll[struct {
		KeyID     string `db:"key_id"`
		LicenseID string `db:"license_id"`
	}](ctx, tx, tx.Rebind(query), args...)
	if err != nil {
		return nil, err
	}
	for _, f := range further {
		unlocks[f.KeyID] = append(unlocks[f.KeyID], f.LicenseID)
	}
	var all []string
	for _, licenses := range unlocks {
		all = append(all, licenses...)
	}
	byID, err := tx.LicensesByID(ctx, all)
	out := make(map[string][]licensing.License, len(unlocks))
	for key, licenses := range unlocks {
		for _, id := range licenses {
			out[key] = append(out[key], byID[id])
		}
	}
	return out, err
}
