package licensing

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
	Email            string  `db:"email"` // who uses it, for what is sent about it
	Note             string  `db:"note"`
	Quantity         int64   `db:"quantity"`
	KeySeats         int64   `db:"key_seats"` // seats given to keys, at most Quantity
	Devices          int64   `db:"devices"`   // active devices, at most Quantity
	Term             string  `db:"term"`
	StartsOn         Date    `db:"starts_on"`
	EndsOn           Date    `db:"ends_on"`
	AnchorDay        int64   `db:"anchor_day"` // day of month that monthly terms return to
	Amount           int64   `db:"amount"`     // paid so far, minor units
	Currency         string  `db:"currency"`
	Billing          Billing `db:"billing"`
	InvoiceReference string  `db:"invoice_reference"`
	Distributor      string  `db:"distributor"`       // the distribution company its purchase went through
	AutoRenew        bool    `db:"auto_renew"`        // bought again for its term when it ends
	RenewalFailedOn  Date    `db:"renewal_failed_on"` // the day on which that could not be paid
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
	OrderNumber   string      `db:"order_number,readonly"`
	OrderedAt     Time        `db:"ordered_at,readonly"`
	RefundDays    int64       `db:"refund_days,readonly"` // the product's
	Reordered     bool        `db:"reordered,readonly"`   // an order since that was not refunded has changed it, or a part of it
	Serials       []string    `db:"-"`
}
