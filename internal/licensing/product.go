package licensing

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
	Family            string      `db:"family"`             // products of one family are each other's editions; empty is none
	Edition           string      `db:"edition"`            // name of the edition within the family
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
	ID          string `db:"id"`
	ResellerID  string `db:"reseller_id"`
	Number      string `db:"number"` // unique; what people type
	Name        string `db:"name"`
	Conditions  string `db:"conditions"`
	Currency    string `db:"currency"`    // ISO 4217
	Payments    List   `db:"payments"`    // ways to pay under it
	Distributor string `db:"distributor"` // the distribution company purchases go through; empty is none
	StartsOn    Date   `db:"starts_on"`
	EndsOn      Date   `db:"ends_on"` // first day on which it no longer holds; none is open-ended
	ClosedAt    Time   `db:"closed_at"`
	CreatedAt   Time   `db:"created_at"`
}
