package service

import (
	"context"
	"slices"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// NewToken is a token to be made for a machine.
type NewToken struct {
	Name      string
	Scopes    []string
	Contracts []string // ids or numbers; none is all
	Days      int      // until it expires; 0 is never

	Secret string `json:"-"` // what the caller will send
	Hash   string `json:"-"` // SHA-256 of the secret
}

// IssuedToken is a token with its secret.
type IssuedToken struct {
	Token  licensing.Token
	Secret string
}

// TokenQuery chooses tokens; empty fields choose nothing out.
type TokenQuery struct {
	State licensing.TokenState
	User  string // id or login of who signed in for it
}

// CreateToken makes a token of the caller's reseller, or of the vendor, that may do no
// more than the caller's own. A repeat of the request gives the same secret again, to
// the token that asked first and to no other.
func (s *Service) CreateToken(ctx context.Context, c Caller, in NewToken) (IssuedToken, error) {
	scopes := slices.Compact(slices.Sorted(slices.Values(in.Scopes)))
	if err := c.gives(scopes); err != nil {
		return IssuedToken{}, err
	}
	type answer struct {
		Token  licensing.Token
		Sealed []byte // the secret, for who asked
	}
	kept, err := once(ctx, s, c, "token-create", in, func(tx *store.Tx) (answer, error) {
		contracts, err := s.contractIDs(ctx, tx, c, in.Contracts)
		if err != nil {
			return answer{}, err
		}
		now := licensing.At(s.now())
		token := licensing.Token{
			ID: s.newID(prefixToken), ResellerID: licensing.Ref(c.Reseller.ID), Name: in.Name, Hash: in.Hash,
			Scopes: scopes, Contracts: contracts, CreatedAt: now,
		}
		if in.Days > 0 {
			token.ExpiresAt = licensing.At(now.AddDate(0, 0, in.Days))
		}
		if err := tx.InsertToken(ctx, token); err != nil {
			return answer{}, err
		}
		sealed, err := c.seal(in.Secret)
		if err != nil {
			return answer{}, err
		}
		return answer{token, sealed}, s.record(ctx, tx, c, "token.created", token.ID, nil, token)
	})
	if err != nil {
		return IssuedToken{}, err
	}
	secret, err := c.open(kept.Sealed)
	return IssuedToken{kept.Token, secret}, err
}

// Tokens lists the tokens of the caller's reseller, or of the vendor, newest first.
func (s *Service) Tokens(ctx context.Context, c Caller, q TokenQuery, p Page) (Listing[licensing.Token], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.Token], error) {
		filter := store.TokenFilter{Reseller: c.Reseller.ID, State: q.State, Now: licensing.At(s.now())}
		if q.User != "" {
			user, err := findUser(ctx, tx, c, q.User)
			if err != nil {
				return Listing[licensing.Token]{}, err
			}
			filter.User = user.ID
		}
		return list(c, "tokens", q, p, func(t licensing.Token) string { return t.ID }, func(p store.Page) ([]licensing.Token, error) {
			return tx.Tokens(ctx, filter, p)
		})
	})
}

// RevokeToken makes a token of the caller's reseller, or of the vendor, worth nothing.
// It fails with not_found.
func (s *Service) RevokeToken(ctx context.Context, c Caller, id string) (licensing.Token, error) {
	return once(ctx, s, c, "token-revoke", id, func(tx *store.Tx) (licensing.Token, error) {
		return s.revokeToken(ctx, tx, c, id, "token.revoked")
	})
}

// revokeToken is RevokeToken in a transaction. A token that is revoked already stays
// as it is.
func (s *Service) revokeToken(ctx context.Context, tx *store.Tx, c Caller, id, kind string) (licensing.Token, error) {
	token, err := tx.TokenForUpdate(ctx, id)
	if err == nil && string(token.ResellerID) != c.Reseller.ID {
		err = store.ErrNotFound
	}
	if token, err = found(token, err, named("token", id)); err != nil || !token.RevokedAt.IsZero() {
		return token, err
	}
	before := token
	token.RevokedAt = licensing.At(s.now())
	if err := tx.UpdateToken(ctx, token); err != nil {
		return token, err
	}
	return token, s.record(ctx, tx, c, kind, token.ID, before, token)
}
