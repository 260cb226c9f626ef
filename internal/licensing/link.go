package licensing

import "time"

// Link is an activation link, to be opened once. Only a hash of its secret is kept.
type Link struct {
	ID         string `db:"id"`
	ResellerID string `db:"reseller_id"`
	LicenseID  string `db:"license_id"`
	Hash       string `db:"hash"`  // SHA-256 of the secret, hex
	Email      string `db:"email"` // where it was sent; empty where it was not
	ExpiresAt  Time   `db:"expires_at"`
	UsedAt     Time   `db:"used_at"`
	RevokedAt  Time   `db:"revoked_at"`
	CreatedAt  Time   `db:"created_at"`
}

// CheckOpen refuses a link that no longer works, with link_used, link_revoked or
// link_expired.
func (k Link) CheckOpen(now time.Time) error {
	switch {
	case !k.UsedAt.IsZero():
		return Errorf(CodeLinkUsed, "the link was used at %s", k.UsedAt)
	case !k.RevokedAt.IsZero():
		return Errorf(CodeLinkRevoked, "the link was withdrawn at %s", k.RevokedAt)
	case !now.Before(k.ExpiresAt.Time):
		return Errorf(CodeLinkExpired, "the link expired at %s", k.ExpiresAt)
	}
	return nil
}
