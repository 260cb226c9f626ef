package licensing

// InvoiceKind tells a bill from its cancellation.
type InvoiceKind string

// The kinds of invoice.
const (
	KindInvoice    InvoiceKind = "invoice"
	KindCreditNote InvoiceKind = "credit_note" // cancels an invoice; its amounts are negative
)

// InvoiceState is where an invoice stands.
type InvoiceState string

// The states of an invoice.
const (
	InvoiceSent InvoiceState = "sent"
	InvoicePaid InvoiceState = "paid"
	InvoiceVoid InvoiceState = "void" // cancelled by a credit note
)

// VendorSeller is the seller of the vendor's invoices to resellers.
const VendorSeller = "vendor"

// Invoice is a bill, from a reseller to a company, or from the vendor to a reseller.
// Its number has no gap within seller and year. Amounts are minor units.
type Invoice struct {
	ID         string       `db:"id"`
	SellerID   string       `db:"seller_id"`   // the reseller's id, or VendorSeller
	ResellerID string       `db:"reseller_id"` // whose books it is in: who sent it to a company, or got it from the vendor
	CompanyID  Ref          `db:"company_id"`  // none for the vendor's
	OrderID    Ref          `db:"order_id"`    // what the vendor bills
	CancelsID  Ref          `db:"cancels_id"`  // the invoice that a credit note cancels
	Kind       InvoiceKind  `db:"kind"`
	Number     string       `db:"number"`
	State      InvoiceState `db:"state"`
	Currency   string       `db:"currency"`
	Net        int64        `db:"net"`      // sum of the lines
	TaxRate    int64        `db:"tax_rate"` // hundredths of a percent
	Tax        int64        `db:"tax"`
	Amount     int64        `db:"amount"`   // net and tax
	Email      string       `db:"email"`    // where it was sent
	Language   string       `db:"language"` // BCP 47; empty is English
	Seller     Party        `db:"seller"`   // as it was then
	Buyer      Party        `db:"buyer"`    // as it was then
	Note       string       `db:"note"`
	IssuedOn   Date         `db:"issued_on"`
	DueOn      Date         `db:"due_on"`
	PaidOn     Date         `db:"paid_on"`
	MailedAt   Time         `db:"mailed_at"`
	MailError  string       `db:"mail_error"` // why it could not be delivered, for good
	Version    int64        `db:"version"`    // goes up by one with every change
	CreatedAt  Time         `db:"created_at"`
	SearchText string       `db:"search_text"`

	CompanyName     Ref           `db:"company_name,readonly"`
	OrderNumber     Ref           `db:"order_number,readonly"`
	CancelsNumber   Ref           `db:"cancels_number,readonly"`
	CancelledBy     Ref           `db:"cancelled_by,readonly"` // the credit note that cancels it
	CancelledNumber Ref           `db:"cancelled_number,readonly"`
	Lines           []InvoiceLine `db:"-"`
}

// InvoiceLine keeps its text and price for ever.
type InvoiceLine struct {
	ID               string   `db:"id"`
	InvoiceID        string   `db:"invoice_id"`
	LicenseID        string   `db:"license_id"`
	OrderLineID      string   `db:"order_line_id"`
	Description      string   `db:"description"`
	Quantity         int64    `db:"quantity"`
	UnitPrice        int64    `db:"unit_price"`
	Interval         Interval `db:"billing_interval"` // what the unit price pays for
	Amount           int64    `db:"amount"`
	StartsOn         Date     `db:"starts_on"`
	EndsOn           Date     `db:"ends_on"`
	InvoiceReference string   `db:"invoice_reference"`
}
