package licensing

import "time"

// Vendor is the one who hosts the installation.
type Vendor struct {
	Name       string `db:"name"`
	TimeZone   string `db:"time_zone"` // IANA name; calendar dates are this zone's
	MailFrom   string `db:"mail_from"`
	Address    string `db:"address"`
	PostalCode string `db:"postal_code"`
	City       string `db:"city"`
	Country    string `db:"country"` // ISO 3166-1 alpha-2, or empty
	VATID      string `db:"vat_id"`
	TaxRate    int64  `db:"tax_rate"`           // of its invoices to resellers, hundredths of a percent
	CursorKey  string `db:"cursor_key,secret"`  // signs list cursors
	SigningKey string `db:"signing_key,secret"` // Ed25519 seed that signs license files, hex
	CreatedAt  Time   `db:"created_at"`
}

// Reseller is a tenant. A sub-reseller has a parent.
type Reseller struct {
	ID         string `db:"id"`
	Login      string `db:"login"` // unique
	Name       string `db:"name"`
	Email      string `db:"email"`
	ParentID   Ref    `db:"parent_id"`
	Address    string `db:"address"`
	PostalCode string `db:"postal_code"`
	City       string `db:"city"`
	Country    string `db:"country"` // ISO 3166-1 alpha-2, or empty
	VATID      string `db:"vat_id"`
	Language   string `db:"language"` // BCP 47, of what is sent to it; empty is English
	TaxRate    int64  `db:"tax_rate"` // of its invoices to companies, hundredths of a percent
	Note       string `db:"note"`     // its parent's
	DisabledAt Time   `db:"disabled_at"`
	Version    int64  `db:"version"` // goes up by one with every change
	CreatedAt  Time   `db:"created_at"`
	UpdatedAt  Time   `db:"updated_at"`

	SearchText string `db:"search_text"`

	ParentLogin Ref `db:"parent_login,readonly"`
}

// ResellerState is whether a reseller may do business.
type ResellerState string

// The states of a reseller.
const (
	ResellerActive   ResellerState = "active"
	ResellerDisabled ResellerState = "disabled"
)

// State tells whether the reseller may do business.
func (r Reseller) State() ResellerState {
	if r.DisabledAt.IsZero() {
		return ResellerActive
	}
	return ResellerDisabled
}

// User is a person who signs in with a password. The vendor's own have no reseller.
type User struct {
	ID           string `db:"id"`
	ResellerID   Ref    `db:"reseller_id"`
	Login        string `db:"login"` // unique
	Email        string `db:"email"`
	Name         string `db:"name"`
	Role         Role   `db:"role"`
	Contracts    List   `db:"contracts"`            // contract ids it may buy under; empty is all
	PasswordHash string `db:"password_hash,secret"` // argon2id, in the PHC string format; empty where there is none yet
	PasswordMail string `db:"password_mail"`        // nonce of the mail that brings the password, until it is used or replaced
	DisabledAt   Time   `db:"disabled_at"`
	Version      int64  `db:"version"` // goes up by one with every change
	CreatedAt    Time   `db:"created_at"`
	UpdatedAt    Time   `db:"updated_at"`

	SearchText string `db:"search_text"`
}

// Role is what a person may do; package service maps it to scopes.
type Role string

// The roles.
const (
	RoleOwner      Role = "owner"      // everything, people and tokens included
	RoleSeller     Role = "seller"     // customers, licenses, keys and orders
	RoleSupport    Role = "support"    // sees everything; changes companies, licenses and keys, and buys nothing
	RoleAccountant Role = "accountant" // sees everything; sends and settles invoices
	RoleViewer     Role = "viewer"     // sees everything
)

// Roles lists the roles.
func Roles() []Role {
	return []Role{RoleOwner, RoleSeller, RoleSupport, RoleAccountant, RoleViewer}
}

// UserState is what became of a person's account.
type UserState string

// The states of a user.
const (
	UserInvited  UserState = "invited" // the password is on its way by mail, and has not been used
	UserActive   UserState = "active"
	UserDisabled UserState = "disabled"
)

// UserStates lists the states of a user.
func UserStates() []UserState { return []UserState{UserInvited, UserActive, UserDisabled} }

// State tells what became of the account.
func (u User) State() UserState {
	switch {
	case !u.DisabledAt.IsZero():
		return UserDisabled
	case u.PasswordMail != "":
		return UserInvited
	}
	return UserActive
}

// Token is an API credential; only a hash of its secret is kept.
type Token struct {
	ID         string `db:"id"`
	ResellerID Ref    `db:"reseller_id"` // none for the vendor's own tokens
	UserID     Ref    `db:"user_id"`     // who signed in for it; none for a token made for a machine
	Name       string `db:"name"`
	Hash       string `db:"hash,secret"` // SHA-256 of the secret, hex
	Scopes     List   `db:"scopes"`
	Contracts  List   `db:"contracts"` // contract ids; empty is all
	ExpiresAt  Time   `db:"expires_at"`
	RevokedAt  Time   `db:"revoked_at"`
	CreatedAt  Time   `db:"created_at"`

	UserLogin Ref `db:"user_login,readonly"`
}

// TokenState is whether a token is good for something.
type TokenState string

// The states of a token.
const (
	TokenActive  TokenState = "active"
	TokenExpired TokenState = "expired"
	TokenRevoked TokenState = "revoked"
)

// State tells whether the token is good for something at a time.
func (t Token) State(now time.Time) TokenState {
	switch {
	case !t.RevokedAt.IsZero():
		return TokenRevoked
	case !t.ExpiresAt.IsZero() && !now.Before(t.ExpiresAt.Time):
		return TokenExpired
	}
	return TokenActive
}
