package licensing

// Event is one entry of the audit log.
type Event struct {
	ID         string `db:"id"`
	ResellerID Ref    `db:"reseller_id"`
	TokenID    string `db:"token_id"`
	Actor      string `db:"actor"` // login or token name of who did it, as it was then
	Type       string `db:"type"`  // for example license.extended
	ResourceID string `db:"resource_id"`
	LicenseID  Ref    `db:"license_id"` // what it is part of the history of
	CompanyID  Ref    `db:"company_id"`
	OrderID    Ref    `db:"order_id"`
	RequestID  string `db:"request_id"`
	Data       string `db:"data"` // JSON
	CreatedAt  Time   `db:"created_at"`
}
