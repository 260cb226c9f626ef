package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

func selectLink() string {
	return "SELECT " + columnsOf[licensing.Link]("k") + " FROM links k"
}

// Link gives an activation link by its id.
func (tx *Tx) Link(ctx context.Context, id string) (licensing.Link, error) {
	return get[licensing.Link](ctx, tx, selectLink()+" WHERE k.id = $1", id)
}

// LinkByHash gives the activation link whose secret has this SHA-256.
func (tx *Tx) LinkByHash(ctx context.Context, hash string) (licensing.Link, error) {
	return get[licensing.Link](ctx, tx, selectLink()+" WHERE k.hash = $1", hash)
}

// LinkForUpdate gives an activation link by its id and keeps others from using it until
// the transaction ends. A use case that locks the license too locks that first.
func (tx *Tx) LinkForUpdate(ctx context.Context, id string) (licensing.Link, error) {
	return get[licensing.Link](ctx, tx, selectLink()+" WHERE k.id = $1"+tx.forUpdate("k"), id)
}

// OpenLinks gives the activation links of a license that have neither been used nor
// withdrawn, the newest first.
func (tx *Tx) OpenLinks(ctx context.Context, license string) ([]licensing.Link, error) {
	return selectAll[licensing.Link](ctx, tx,
		selectLink()+" WHERE k.license_id = $1 AND k.used_at IS NULL AND k.revoked_at IS NULL ORDER BY k.id DESC", license)
}

// InsertLink adds an activation link.
func (tx *Tx) InsertLink(ctx context.Context, k licensing.Link) error {
	return insert(ctx, tx, "links", k)
}

// UpdateLink changes an activation link.
func (tx *Tx) UpdateLink(ctx context.Context, k licensing.Link) error {
	return update(ctx, tx, "links", k)
}
