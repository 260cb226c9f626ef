package licensing

// OrderState is where an order stands.
type OrderState string

// The states of an order.
const (
	OrderPending   OrderState = "pending" // waits for its payment; nothing of it exists yet
	OrderProcessed OrderState = "processed"
	OrderRefunded  OrderState = "refunded"
	OrderCancelled OrderState = "cancelled" // was never paid
)

// OrderKind is what an order was for.
type OrderKind string

// The kinds of order.
const (
	OrderPurchase  OrderKind = "purchase"
	OrderExtension OrderKind = "extension"
	OrderUpgrade   OrderKind = "upgrade"
	OrderRenewal   OrderKind = "renewal"
)

// Payment is how an order was paid.
type Payment string

// The ways to pay.
const (
	PayBalance Payment = "balance" // the account with the vendor, at once
	PayCard    Payment = "card"    // on a payment page; the order is pending until then
	PayInvoice Payment = "invoice" // on account: the vendor's invoice is paid later
	PayCredits Payment = "credits" // credits of the product
	PayNothing Payment = "free"    // a trial
)

// Payments lists the ways to pay for what is not free.
func Payments() []Payment { return []Payment{PayBalance, PayCard, PayInvoice, PayCredits} }

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
	Buyer            string     `db:"buyer"`    // login or token name of who bought, as it was then
	Payment          Payment    `db:"payment"`
	Currency         string     `db:"currency"`
	Amount           int64      `db:"amount"`
	Credits          int64      `db:"credits"`     // credits of the product that paid for it
	Distributor      string     `db:"distributor"` // the distribution company it went through
	InvoiceReference string     `db:"invoice_reference"`
	Note             string     `db:"note"`
	Intent           string     `db:"intent"` // JSON: what a pending order does once it is paid
	Undo             string     `db:"undo"`   // JSON: what a refund sets back
	PaymentProvider  string     `db:"payment_provider"`
	PaymentReference string     `db:"payment_reference"` // the provider's, to refund it by
	PaymentURL       string     `db:"payment_url"`       // the payment page of a pending order
	ExpiresAt        Time       `db:"expires_at"`        // when a pending order is cancelled
	RefundedAt       Time       `db:"refunded_at"`
	MailedAt         Time       `db:"mailed_at"` // when the mail server took the confirmation
	CreatedAt        Time       `db:"created_at"`
	SearchText       string     `db:"search_text"`

	Lines       []OrderLine `db:"-"`
	CompanyName Ref         `db:"company_name,readonly"`
}

// CheckPay refuses with order_not_payable what does not wait for a payment.
func (o Order) CheckPay(now Time) error {
	switch o.State {
	case OrderPending:
		if o.ExpiresAt.IsZero() || now.Before(o.ExpiresAt.Time) {
			return nil
		}
		return Errorf(CodeOrderNotPayable, "order %s was to be paid until %s", o.Number, o.ExpiresAt).WithHint("order it again")
	case OrderCancelled:
		return Errorf(CodeOrderNotPayable, "order %s is cancelled", o.Number).WithHint("order it again")
	case OrderProcessed, OrderRefunded:
	}
	return Errorf(CodeOrderNotPayable, "order %s is %s: nothing is to be paid", o.Number, o.State)
}

// CheckResend refuses with order_not_resendable what was not confirmed.
func (o Order) CheckResend() error {
	if o.State != OrderProcessed {
		return Errorf(CodeOrderNotResendable, "order %s is %s: there is no confirmation to send", o.Number, o.State)
	}
	return nil
}

// CheckCancel refuses with order_not_cancellable what does not wait for a payment.
func (o Order) CheckCancel() error {
	switch o.State {
	case OrderPending:
		return nil
	case OrderProcessed:
		return Errorf(CodeOrderNotCancellable, "order %s is processed: it was paid", o.Number).WithHint("refund it instead")
	case OrderRefunded, OrderCancelled:
	}
	return Errorf(CodeOrderNotCancellable, "order %s is %s already", o.Number, o.State)
}

// OrderLine is one thing bought. Its text and prices never change. ListAmount is
// the vendor's list price for the same, which is what a company is invoiced.
type OrderLine struct {
	ID          string   `db:"id"`
	OrderID     string   `db:"order_id"`
	LicenseID   string   `db:"license_id"`
	ProductID   string   `db:"product_id"`
	Description string   `db:"description"`
	Term        string   `db:"term"`
	Quantity    int64    `db:"quantity"`
	UnitPrice   int64    `db:"unit_price"`
	Interval    Interval `db:"billing_interval"` // what the unit and list prices pay for
	Amount      int64    `db:"amount"`
	ListPrice   int64    `db:"list_price"`
	ListAmount  int64    `db:"list_amount"`
	StartsOn    Date     `db:"starts_on"`
	EndsOn      Date     `db:"ends_on"`
	InvoiceID   Ref      `db:"invoice_id"` // the invoice to the company that billed it

	ProductSKU string `db:"product_sku,readonly"`
	RefundDays int64  `db:"refund_days,readonly"` // the product's
}

// Quote is a purchase as it was previewed, to be bought exactly so.
type Quote struct {
	ID         string `db:"id"`
	ResellerID string `db:"reseller_id"`
	Purchase   string `db:"purchase"` // JSON: what was asked for
	Deal       string `db:"deal"`     // JSON: what it came to
	OrderID    Ref    `db:"order_id"` // the order that bought it
	ExpiresAt  Time   `db:"expires_at"`
	CreatedAt  Time   `db:"created_at"`
}
