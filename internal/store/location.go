package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

// InsertLocation adds a location. It fails with ErrExists where the company has one of the name.
func (tx *Tx) InsertLocation(ctx context.Context, l licensing.Location) error {
	return insert(ctx, tx, "locations", l)
}

// Locations lists the locations of a company, newest first.
func (tx *Tx) Locations(ctx context.Context, company string, p Page) ([]licensing.Location, error) {
	var c conditions
	c.add("l.company_id = %s", company)
	rest := c.page("l.id", p)
	return selectAll[licensing.Location](ctx, tx, "SELECT "+columnsOf[licensing.Location]("l")+" FROM locations l"+rest, c.args...)
}

// DeleteLocation removes a location of a company, by id or name, and gives what it
// was. It fails with ErrNotFound.
func (tx *Tx) DeleteLocation(ctx context.Context, company, ref string) (licensing.Location, error) {
	return get[licensing.Location](ctx, tx,
		"DELETE FROM locations WHERE company_id = $1 AND (id = $2 OR name = $2) RETURNING *", company, ref)
}
