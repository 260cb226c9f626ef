package licensing

// Vendor is the one who hosts the installation.
type Vendor struct {
	Name      string `db:"name"`
	TimeZone  string `db:"time_zone"` // IANA name; calendar dates are this zone's
	MailFrom  string `db:"mail_from"`
	CursorKey string `db:"cursor_key"` // signs list cursors
	CreatedAt Time   `db:"created_at"`
}

// Reseller is a tenant. A sub-reseller has a parent.
type Reseller struct {
	ID        string `db:"id"`
	Login     string `db:"login"` // unique
	Name      string `db:"name"`
	Email     string `db:"email"`
	ParentID  Ref    `db:"parent_id"`
	CreatedAt Time   `db:"created_at"`
}

// Token is an API credential; only a hash of its secret is kept.
type Token struct {
	ID         string `db:"id"`
	ResellerID Ref    `db:"reseller_id"` // none for the vendor's own tokens
	Name       string `db:"name"`
	Hash       string `db:"hash"` // SHA-256 of the secret, hex
	Scopes     List   `db:"scopes"`
	Contracts  List   `db:"contracts"` // contract ids; empty is all
	ExpiresAt  Time   `db:"expires_at"`
	CreatedAt  Time   `db:"created_at"`
}

// Company is an end customer of a reseller.
type Company struct {
	ID             string `db:"id"`
	ResellerID     string `db:"reseller_id"`
	Name           string `db:"name"`
	AlternateName  string `db:"alternate_name"`
	Domain         Ref    `db:"domain"` // unique per reseller where given
	Email          string `db:"email"`
	Phone          string `db:"phone"`
	Country        string `db:"country"` // ISO 3166-1 alpha-2, or empty
	Address        string `db:"address"`
	PostalCode     string `db:"postal_code"`
	City           string `db:"city"`
	VATID          string `db:"vat_id"`
	Note           string `db:"note"`
	SetupAssistant bool   `db:"setup_assistant"` // must be completed before the environment can be used
	Version        int64  `db:"version"`         // goes up by one with every change
	CreatedAt      Time   `db:"created_at"`
	UpdatedAt      Time   `db:"updated_at"`
	SearchText     string `db:"search_text"` // what search looks in; kept by the store
}

// ProductKind is what a product is.
type ProductKind string

// The kinds of product.
const (
	KindDevice       ProductKind = "device"
	KindSoftware     ProductKind = "software"
	KindSupport      ProductKind = "support"
	KindSubscription ProductKind = "subscription"
)

// Product is something the vendor sells.
type Product struct {
	ID                string      `db:"id"`
	SKU               string      `db:"sku"` // unique; what people type
	Name              string      `db:"name"`
	Kind              ProductKind `db:"kind"`
	Metric            string      `db:"metric"`             // users, devices, screens, servers or channels
	Terms             List        `db:"terms"`              // term kinds it is sold for
	CalendarProration string      `db:"calendar_proration"` // "none" or "monthly"
	RefundDays        int64       `db:"refund_days"`        // days after purchase in which it can be refunded
	CreatedAt         Time        `db:"created_at"`
}

// Price is the unit price of a product for one interval, in minor units. ContractID
// is none for the vendor's list price.
type Price struct {
	ContractID Ref      `db:"contract_id"`
	ProductID  string   `db:"product_id"`
	Interval   Interval `db:"billing_interval"`
	Currency   string   `db:"currency"`
	Amount     int64    `db:"amount"`
}

// Contract is what a reseller buys under: products, prices and conditions.
type Contract struct {
	ID         string `db:"id"`
	ResellerID string `db:"reseller_id"`
	Number     string `db:"number"` // unique; what people type
	Name       string `db:"name"`
	Conditions string `db:"conditions"`
	Currency   string `db:"currency"` // ISO 4217
	StartsOn   Date   `db:"starts_on"`
	EndsOn     Date   `db:"ends_on"` // first day on which it no longer holds; none is open-ended
	ClosedAt   Time   `db:"closed_at"`
	CreatedAt  Time   `db:"created_at"`
}

// OrderState is where an order stands.
type OrderState string

// The states of an order.
const (
	OrderPending   OrderState = "pending"
	OrderProcessed OrderState = "processed"
	OrderRefunded  OrderState = "refunded"
)

// OrderKind is what an order was for.
type OrderKind string

// The kinds of order.
const (
	OrderPurchase  OrderKind = "purchase"
	OrderExtension OrderKind = "extension"
)

// Payment is how an order was paid.
type Payment string

// The ways to pay.
const (
	PayBalance Payment = "balance"
	PayNothing Payment = "free" // a trial
)

// Order is a purchase by a reseller. Amounts are minor units of Currency.
type Order struct {
	ID               string     `db:"id"`
	ResellerID       string     `db:"reseller_id"`
	Number           string     `db:"number"`
	Kind             OrderKind  `db:"kind"`
	State            OrderState `db:"state"`
	ContractID       string     `db:"contract_id"`
	CompanyID        Ref        `db:"company_id"`
	TokenID          string     `db:"token_id"` // who bought
	Payment          Payment    `db:"payment"`
	Currency         string     `db:"currency"`
	Amount           int64      `db:"amount"`
	InvoiceReference string     `db:"invoice_reference"`
	Note             string     `db:"note"`
	CreatedAt        Time       `db:"created_at"`
	SearchText       string     `db:"search_text"`

	Lines       []OrderLine `db:"-"`
	CompanyName Ref         `db:"company_name,readonly"`
}

// OrderLine is one thing bought. Its text and prices never change. ListAmount is
// the vendor's list price for the same, which is what a company is invoiced.
type OrderLine struct {
	ID          string `db:"id"`
	OrderID     string `db:"order_id"`
	LicenseID   string `db:"license_id"`
	ProductID   string `db:"product_id"`
	Description string `db:"description"`
	Term        string `db:"term"`
	Quantity    int64  `db:"quantity"`
	UnitPrice   int64  `db:"unit_price"`
	Amount      int64  `db:"amount"`
	ListPrice   int64  `db:"list_price"`
	ListAmount  int64  `db:"list_amount"`
	StartsOn    Date   `db:"starts_on"`
	EndsOn      Date   `db:"ends_on"`
	InvoiceID   Ref    `db:"invoice_id"` // the invoice to the company that billed it

	ProductSKU string `db:"product_sku,readonly"`
}

// Billing is whether a license's company has been invoiced for it.
type Billing string

// The billing states. A license without a price is free.
const (
	BillingUnbilled Billing = "unbilled"
	BillingInvoiced Billing = "invoiced"
	BillingPaid     Billing = "paid"
	BillingFree     Billing = "free"
)

// License is what is sold: a quantity of a product for a period.
type License struct {
	ID               string  `db:"id"`
	ResellerID       string  `db:"reseller_id"`
	Coupon           string  `db:"coupon"` // 8 characters, unique
	CompanyID        Ref     `db:"company_id"`
	ProductID        string  `db:"product_id"`
	ContractID       string  `db:"contract_id"`
	OrderID          string  `db:"order_id"` // the order that created it
	Name             string  `db:"name"`
	Note             string  `db:"note"`
	Quantity         int64   `db:"quantity"`
	KeySeats         int64   `db:"key_seats"` // seats given to keys, at most Quantity
	Term             string  `db:"term"`
	StartsOn         Date    `db:"starts_on"`
	EndsOn           Date    `db:"ends_on"`
	AnchorDay        int64   `db:"anchor_day"` // day of month that monthly terms return to
	Amount           int64   `db:"amount"`     // paid so far, minor units
	Currency         string  `db:"currency"`
	Billing          Billing `db:"billing"`
	InvoiceReference string  `db:"invoice_reference"`
	ActivatedAt      Time    `db:"activated_at"`
	PausedAt         Time    `db:"paused_at"`
	RefundedAt       Time    `db:"refunded_at"`
	DeletedAt        Time    `db:"deleted_at"`
	Version          int64   `db:"version"`
	CreatedAt        Time    `db:"created_at"`
	UpdatedAt        Time    `db:"updated_at"`
	SearchText       string  `db:"search_text"`

	CompanyName   Ref         `db:"company_name,readonly"`
	CompanyDomain Ref         `db:"company_domain,readonly"`
	ProductSKU    string      `db:"product_sku,readonly"`
	ProductName   string      `db:"product_name,readonly"`
	ProductKind   ProductKind `db:"product_kind,readonly"`
	OrderState    OrderState  `db:"order_state,readonly"`
	OrderNumber   string      `db:"order_number,readonly"`
	Serials       []string    `db:"-"`
}

// Key is an activation key. Seats of a license's keys never exceed its quantity.
type Key struct {
	ID         string `db:"id"`
	ResellerID string `db:"reseller_id"`
	LicenseID  Ref    `db:"license_id"`
	Code       string `db:"code"` // XXXX-XXXX-XXXX-XXXX, unique
	Name       string `db:"name"`
	Seats      int64  `db:"seats"`
	CreatedAt  Time   `db:"created_at"`
	Seq        int64  `db:"seq,readonly"` // order of insertion, given by the store
}

// Invoice is a bill from a reseller to a company. Its number has no gap within
// seller and year. Amounts are minor units.
type Invoice struct {
	ID         string `db:"id"`
	ResellerID string `db:"reseller_id"`
	CompanyID  string `db:"company_id"`
	Number     string `db:"number"`
	State      string `db:"state"` // sent
	Currency   string `db:"currency"`
	Amount     int64  `db:"amount"`
	Email      string `db:"email"` // where it was sent
	IssuedOn   Date   `db:"issued_on"`
	MailedAt   Time   `db:"mailed_at"`
	MailError  string `db:"mail_error"` // why it could not be delivered, for good
	CreatedAt  Time   `db:"created_at"`

	CompanyName string        `db:"company_name,readonly"`
	Lines       []InvoiceLine `db:"-"`
}

// InvoiceLine keeps its text and price for ever.
type InvoiceLine struct {
	ID               string `db:"id"`
	InvoiceID        string `db:"invoice_id"`
	LicenseID        string `db:"license_id"`
	OrderLineID      string `db:"order_line_id"`
	Description      string `db:"description"`
	Quantity         int64  `db:"quantity"`
	UnitPrice        int64  `db:"unit_price"`
	Amount           int64  `db:"amount"`
	StartsOn         Date   `db:"starts_on"`
	EndsOn           Date   `db:"ends_on"`
	InvoiceReference string `db:"invoice_reference"`
}

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

// Balance is what a reseller has in one currency, in minor units.
type Balance struct {
	ResellerID  string `db:"reseller_id"`
	Currency    string `db:"currency"`
	Amount      int64  `db:"amount"`
	CreditLimit int64  `db:"credit_limit"` // how far below zero it may go
}

// Event is one entry of the audit log.
type Event struct {
	ID         string `db:"id"`
	ResellerID Ref    `db:"reseller_id"`
	TokenID    string `db:"token_id"`
	Type       string `db:"type"` // for example license.extended
	ResourceID string `db:"resource_id"`
	RequestID  string `db:"request_id"`
	Data       string `db:"data"` // JSON
	CreatedAt  Time   `db:"created_at"`
}
