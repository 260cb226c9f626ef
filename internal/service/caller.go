package service

import (
	"cmp"
	"context"
	"slices"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Caller is who makes a request, as their token says.
type Caller struct {
	Vendor   licensing.Vendor
	Token    licensing.Token
	User     licensing.User     // zero for a token made for a machine
	Reseller licensing.Reseller // zero for the vendor's own tokens
	Visible  []string           // the reseller and its sub-resellers, which it may read

	logins         map[string]string // of those it may read, by id
	SealKey        []byte            // of what only this caller may read again; see [SealKey]
	RequestID      string
	IdempotencyKey string
	Replayed       *bool // set to true where the answer is that of an earlier request
	DryRun         bool  // a use case that writes is carried out, and then undone

	// proof is what a caller without a token has instead: the SHA-256 of a code or of a
	// link's secret. Requests of those who have another one are another's.
	proof string
}

func (c Caller) owner() string {
	if c.proof != "" {
		return c.proof
	}
	if c.Reseller.ID == "" {
		return "vendor"
	}
	return c.Reseller.ID
}

// actor names who acts, in orders and in the audit log.
func (c Caller) actor() string { return cmp.Or(c.User.Login, c.Token.Name) }

// Anyone is a caller without a token, for what a code or a link is enough for.
func (s *Service) Anyone(ctx context.Context) (Caller, error) {
	return view(ctx, s, func(tx *store.Tx) (Caller, error) {
		vendor, err := tx.Vendor(ctx)
		return Caller{Vendor: vendor}, err
	})
}

// Authenticate finds the caller by the SHA-256 of a token. It fails with
// unauthenticated, token_expired or reseller_disabled.
func (s *Service) Authenticate(ctx context.Context, tokenHash string) (Caller, error) {
	return view(ctx, s, func(tx *store.Tx) (Caller, error) {
		var c Caller
		var err error
		if c.Token, err = tx.TokenByHash(ctx, tokenHash); err != nil {
			if store.IsNotFound(err) {
				return c, licensing.Errorf(licensing.CodeUnauthenticated, "the token is not valid").
					WithHint("sign in again with a token of this installation")
			}
			return c, err
		}
		if err := s.checkToken(c.Token); err != nil {
			return c, err
		}
		if c.Vendor, err = tx.Vendor(ctx); err != nil {
			return c, err
		}
		if c.Token.UserID != "" {
			if err := takeUser(ctx, tx, &c); err != nil {
				return c, err
			}
		}
		if c.Token.ResellerID == "" {
			return c, nil
		}
		if c.Reseller, err = tx.Reseller(ctx, string(c.Token.ResellerID)); err != nil {
			return c, err
		}
		if !c.Reseller.DisabledAt.IsZero() {
			return c, licensing.Errorf(licensing.CodeResellerDisabled, "%s is disabled since %s", c.Reseller.Name, c.Reseller.DisabledAt).
				WithHint("ask who made the account")
		}
		tree, err := tx.ResellerTree(ctx, c.Reseller.ID)
		if err != nil {
			return c, err
		}
		c.logins = make(map[string]string, len(tree))
		for _, r := range tree {
			c.Visible = append(c.Visible, r.ID)
			c.logins[r.ID] = r.Login
		}
		return c, nil
	})
}

func (s *Service) checkToken(t licensing.Token) error {
	switch t.State(s.now()) {
	case licensing.TokenRevoked:
		return licensing.Errorf(licensing.CodeUnauthenticated, "the token was revoked at %s", t.RevokedAt).
			WithHint("sign in again")
	case licensing.TokenExpired:
		return licensing.Errorf(licensing.CodeTokenExpired, "the token expired at %s", t.ExpiresAt).
			WithHint("sign in again with a new token")
	}
	return nil
}

// takeUser finds who signed in for the token. What they may do now bounds what they
// could do when they signed in.
func takeUser(ctx context.Context, tx *store.Tx, c *Caller) error {
	var err error
	if c.User, err = tx.User(ctx, string(c.Token.UserID)); err != nil {
		return err
	}
	if !c.User.DisabledAt.IsZero() {
		return licensing.Errorf(licensing.CodeUnauthenticated, "the user %s is disabled", c.User.Login).
			WithHint("ask an owner of your reseller")
	}
	role := ScopesOf(c.User.Role, c.User.ResellerID == "")
	c.Token.Scopes = slices.DeleteFunc(c.Token.Scopes, func(scope string) bool { return !role.Has(scope) })
	c.Token.Contracts = bothOf(c.Token.Contracts, c.User.Contracts)
	return nil
}

// Allow fails with scope_missing unless the caller's token carries the scope.
// "any" is carried by every token.
func (c Caller) Allow(scope string) error {
	if scope == "any" || c.Token.Scopes.Has(scope) {
		return nil
	}
	return licensing.Errorf(licensing.CodeScopeMissing, "the token does not carry the scope %s", scope).
		WithHint("use a token with that scope")
}

// isVendor refuses all but the vendor's own tokens, with scope_missing.
func (c Caller) isVendor() error {
	if c.Reseller.ID == "" && c.Token.Scopes.Has("vendor") {
		return nil
	}
	return licensing.Errorf(licensing.CodeScopeMissing, "this is for the vendor").WithHint("use a token of the vendor")
}

// LoginOf is the login of a reseller that the caller may read.
func (c Caller) LoginOf(reseller string) string {
	if reseller == c.Reseller.ID {
		return c.Reseller.Login
	}
	return c.logins[reseller]
}

// ofVendor tells a token of the vendor's own from those of resellers, and from none.
func (c Caller) ofVendor() bool { return c.Reseller.ID == "" && c.Token.ID != "" }

// reads reports whether the caller may see what belongs to a reseller.
func (c Caller) reads(reseller string) bool { return slices.Contains(c.Visible, reseller) }

// owns refuses to change what is a sub-reseller's, with read_only, and hides what
// is anyone else's.
func (c Caller) owns(reseller, what string) error {
	switch {
	case reseller == c.Reseller.ID:
		return nil
	case c.reads(reseller):
		return licensing.Errorf(licensing.CodeReadOnly, "this %s belongs to a sub-reseller", what).
			WithHint("only its owner can change it")
	}
	return notFound(licensing.Subject{Kind: what})
}

// permits refuses contracts that the token is not for, with contract_not_permitted.
func (c Caller) permits(contract licensing.Contract) error {
	if len(c.Token.Contracts) == 0 || c.Token.Contracts.Has(contract.ID) {
		return nil
	}
	return licensing.Errorf(licensing.CodeContractNotPermitted, "the token may not buy under contract %s", contract.Number).
		WithHint("use a token that is not limited to other contracts")
}
