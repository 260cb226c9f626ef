package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

// TokenFilter chooses tokens. Reseller is whose they are, "" for the vendor's own;
// other fields, where they are empty, choose nothing out.
type TokenFilter struct {
	Reseller string
	User     string               // id
	State    licensing.TokenState // at the time Now
	Now      licensing.Time
}

func (f TokenFilter) conditions() *conditions {
	var c conditions
	c.ofReseller("t.reseller_id", f.Reseller)
	c.equal("t.user_id", f.User)
	switch f.State {
	case licensing.TokenActive:
		c.add("t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > %s)", f.Now)
	case licensing.TokenExpired:
		c.add("t.revoked_at IS NULL AND t.expires_at <= %s", f.Now)
	case licensing.TokenRevoked:
		c.terms = append(c.terms, "t.revoked_at IS NOT NULL")
	}
	return &c
}

func selectToken() string {
	return "SELECT " + columnsOf[licensing.Token]("t") + ", u.login AS user_login FROM tokens t LEFT JOIN users u ON u.id = t.user_id"
}

// Tokens lists tokens, newest first.
func (tx *Tx) Tokens(ctx context.Context, f TokenFilter, p Page) ([]licensing.Token, error) {
	c := f.conditions()
	rest := c.page("t.id", p)
	return selectAll[licensing.Token](ctx, tx, selectToken()+rest, c.args...)
}

// TokenForUpdate gives a token by id and keeps others from changing it until the
// transaction ends.
func (tx *Tx) TokenForUpdate(ctx context.Context, id string) (licensing.Token, error) {
	return get[licensing.Token](ctx, tx, selectToken()+" WHERE t.id = $1"+tx.forUpdate("t"), id)
}

// TokenByHash gives the token whose secret has this SHA-256.
func (tx *Tx) TokenByHash(ctx context.Context, hash string) (licensing.Token, error) {
	return get[licensing.Token](ctx, tx, selectToken()+" WHERE t.hash = $1", hash)
}

// InsertToken adds a token.
func (tx *Tx) InsertToken(ctx context.Context, t licensing.Token) error {
	return insert(ctx, tx, "tokens", t)
}

// UpdateToken changes a token.
func (tx *Tx) UpdateToken(ctx context.Context, t licensing.Token) error {
	return update(ctx, tx, "tokens", t)
}

// RevokeTokensOf revokes what a person signed in with and is not revoked yet, but for
// one token, and tells how many that were.
func (tx *Tx) RevokeTokensOf(ctx context.Context, user, but string, at licensing.Time) (int64, error) {
	result, err := tx.ExecContext(ctx, "UPDATE tokens SET revoked_at = $1 WHERE user_id = $2 AND id <> $3 AND revoked_at IS NULL", at, user, but)
	if err != nil {
		return 0, translate(err)
	}
	return result.RowsAffected()
}
