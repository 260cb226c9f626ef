package licensing

// EntryKind is what moved a balance.
type EntryKind string

// The kinds of ledger entry.
const (
	EntryDeposit  EntryKind = "deposit"
	EntryPurchase EntryKind = "purchase"
	EntryRefund   EntryKind = "refund"
)

// LedgerEntry is one movement of a reseller's balance. Entries are never changed.
type LedgerEntry struct {
	ID         string    `db:"id"`
	ResellerID string    `db:"reseller_id"`
	Currency   string    `db:"currency"`
	Kind       EntryKind `db:"kind"`
	Amount     int64     `db:"amount"`  // signed, minor units
	Balance    int64     `db:"balance"` // after the entry
	OrderID    Ref       `db:"order_id"`
	Note       string    `db:"note"`
	CreatedAt  Time      `db:"created_at"`
}

// CreditKind is what moved a reseller's credits.
type CreditKind string

// The kinds of credit entry.
const (
	CreditGrant    CreditKind = "grant"    // given by the vendor or the parent
	CreditGiven    CreditKind = "given"    // given on to a sub-reseller
	CreditPurchase CreditKind = "purchase" // spent on an order
	CreditRefund   CreditKind = "refund"
)

// CreditEntry is one movement of a reseller's credits of a product. Entries are
// never changed. A credit pays one unit of the product's quantity for up to a year,
// or for ever.
type CreditEntry struct {
	ID         string     `db:"id"`
	ResellerID string     `db:"reseller_id"`
	ProductID  string     `db:"product_id"`
	Kind       CreditKind `db:"kind"`
	Amount     int64      `db:"amount"`  // signed
	Balance    int64      `db:"balance"` // after the entry
	OrderID    Ref        `db:"order_id"`
	PeerID     Ref        `db:"peer_id"` // the reseller it came from or went to
	Note       string     `db:"note"`
	CreatedAt  Time       `db:"created_at"`

	ProductSKU string `db:"product_sku,readonly"`
	PeerLogin  Ref    `db:"peer_login,readonly"`
}

// Credits is what a reseller has of a product.
type Credits struct {
	ResellerID string `db:"reseller_id"`
	ProductID  string `db:"product_id"`
	Amount     int64  `db:"amount"`

	ProductSKU string `db:"product_sku,readonly"`
}

// Balance is what a reseller has in one currency, in minor units.
type Balance struct {
	ResellerID  string `db:"reseller_id"`
	Currency    string `db:"currency"`
	Amount      int64  `db:"amount"`
	CreditLimit int64  `db:"credit_limit"` // how far below zero it may go
}
