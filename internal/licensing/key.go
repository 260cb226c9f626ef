package licensing

// Key is an activation key. Seats of a license's keys never exceed its quantity.
type Key struct {
	ID         string `db:"id"`
	ResellerID string `db:"reseller_id"`
	LicenseID  Ref    `db:"license_id"`
	Code       string `db:"code"` // XXXX-XXXX-XXXX-XXXX, unique
	Name       string `db:"name"`
	Seats      int64  `db:"seats"`
	Devices    int64  `db:"devices,readonly"` // active devices, at most Seats
	CreatedAt  Time   `db:"created_at"`
	Seq        int64  `db:"seq,readonly"` // order of insertion, given by the store
}

// Device is one activation of a license, by its coupon or one of its keys.
type Device struct {
	ID            string `db:"id"`
	ResellerID    string `db:"reseller_id"`
	LicenseID     string `db:"license_id"`
	KeyID         Ref    `db:"key_id"` // none where the license's own coupon activated it
	Serial        string `db:"serial"` // unique among the active devices of a license
	Name          string `db:"name"`
	ActivatedAt   Time   `db:"activated_at"`
	DeactivatedAt Time   `db:"deactivated_at"`
}

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
