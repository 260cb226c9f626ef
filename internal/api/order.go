package api

// Order is a purchase.
type Order struct {
	ID               string         `json:"id"`
	Number           string         `json:"number"`
	Kind             string         `json:"kind" enum:"purchase,extension,upgrade,renewal"`
	State            string         `json:"state" enum:"pending,processed,refunded,cancelled"`
	ContractID       string         `json:"contract_id"`
	Product          string         `json:"product" doc:"SKU of what was bought"`
	Active           int64          `json:"active" doc:"How many of its licenses are in use now"`
	Available        int64          `json:"available" doc:"How many of its licenses are stock, and can be sold on"`
	Company          *CompanyRef    `json:"company"`
	Buyer            string         `json:"buyer" doc:"Login or token name of who bought, as it was then"`
	Payment          string         `json:"payment" enum:"balance,card,invoice,credits,free"`
	Amount           int64          `json:"amount" doc:"Minor units; 0 where credits paid for it"`
	Currency         string         `json:"currency"`
	Credits          int64          `json:"credits" doc:"Credits of the product that paid for it"`
	Distributor      string         `json:"distributor" doc:"The distribution company it went through"`
	Reseller         string         `json:"reseller" doc:"Login of the reseller that it belongs to: your own, or a sub-reseller"`
	InvoiceReference string         `json:"invoice_reference"`
	Note             string         `json:"note"`
	Lines            []OrderLine    `json:"lines" nullable:"false"`
	Licenses         []OrderLicense `json:"licenses" nullable:"false" doc:"What it made or changed, as it is now"`
	PaymentURL       string         `json:"payment_url" doc:"Where a pending order is paid by card; empty for every other"`
	ExpiresAt        *string        `json:"expires_at" doc:"When a pending order is cancelled"`
	RefundedAt       *string        `json:"refunded_at"`
	MailedAt         *string        `json:"mailed_at" doc:"When the mail server took the confirmation"`
	CreatedAt        string         `json:"created_at"`
	AllowedActions   []string       `json:"allowed_actions" nullable:"false" doc:"What may be done with it now"`
}

// OrderLicense is a license that an order made or changed.
type OrderLicense struct {
	ID       string      `json:"id"`
	Coupon   string      `json:"coupon" doc:"8-character code to hand to a customer"`
	State    string      `json:"state" enum:"refunded,deleted,paused,expired,active,assigned,available"`
	Quantity int64       `json:"quantity"`
	Company  *CompanyRef `json:"company"`
	EndsOn   *string     `json:"ends_on"`
}

// OrderLine is one thing bought; amounts are minor units.
type OrderLine struct {
	LicenseID   string  `json:"license_id" doc:"Empty while a purchase waits for its payment"`
	Product     string  `json:"product" doc:"SKU"`
	Description string  `json:"description"`
	Quantity    int64   `json:"quantity"`
	UnitPrice   int64   `json:"unit_price"`
	Amount      int64   `json:"amount"`
	ListAmount  int64   `json:"list_amount" doc:"The same at list price: what the company is invoiced"`
	StartsOn    string  `json:"starts_on"`
	EndsOn      *string `json:"ends_on"`
	InvoiceID   string  `json:"invoice_id" doc:"The invoice that billed it to the company; empty until then"`
}

// Today is the vendor's date of today, in the filters of orders.
const Today = "today"

// OrderFilter chooses orders, in lists and exports alike.
type OrderFilter struct {
	Since   string `query:"since" maxLength:"10" doc:"Bought on or after this date, YYYY-MM-DD, or today"`
	Until   string `query:"until" maxLength:"10" doc:"Bought before this date, YYYY-MM-DD, or today"`
	Number  string `query:"number" maxLength:"100" doc:"Exact order number"`
	Product string `query:"product" maxLength:"100" doc:"Id or SKU"`
	Company string `query:"company" maxLength:"500" doc:"Id, domain, or exact name"`
	State   string `query:"state" enum:"pending,processed,refunded,cancelled" doc:"State of the order"`
	Payment string `query:"payment" enum:"balance,card,invoice,credits,free" doc:"How it was paid"`
	Search  string `query:"search" maxLength:"200" doc:"Text in any field, ignoring case and accents"`
}

// OrderListInput is the input of OrderList.
type OrderListInput struct {
	Page
	OrderFilter
}

// OrderViewInput is the input of OrderView.
type OrderViewInput struct {
	Order string `path:"order" doc:"Id or number"`
}

// OrderActionInput is the input of OrderPay, OrderCancel and OrderResend.
type OrderActionInput struct {
	Write
	Order string `path:"order" doc:"Id or number"`
}

// OrderList lists orders, newest first.
var OrderList = Op[OrderListInput, List[Order]]{
	ID: "order-list", Method: "GET", Path: "/v1/orders",
	Summary: "List orders", Scope: ScopeOrderRead, Command: "order list",
}

// OrderView gives one order.
var OrderView = Op[OrderViewInput, Order]{
	ID: "order-view", Method: "GET", Path: "/v1/orders/{order}",
	Summary: "View an order", Scope: ScopeOrderRead, Command: "order view",
}

// OrderPay opens the payment page of an order that waits for its payment.
var OrderPay = Op[OrderActionInput, Order]{
	ID: "order-pay", Method: "POST", Path: "/v1/orders/{order}/pay",
	Summary: "Open the payment page of an order", Scope: ScopeOrderWrite, Command: "order pay",
}

// OrderCancel gives up an order that waits for its payment.
var OrderCancel = Op[OrderActionInput, Order]{
	ID: "order-cancel", Method: "POST", Path: "/v1/orders/{order}/cancel",
	Summary: "Cancel an order that is not paid yet", Scope: ScopeOrderWrite, Command: "order cancel",
}

// OrderResend sends the mail that confirms an order once more.
var OrderResend = Op[OrderActionInput, Order]{
	ID: "order-resend", Method: "POST", Path: "/v1/orders/{order}/resend",
	Summary: "Send the confirmation of an order once more", Scope: ScopeOrderWrite, Command: "order resend",
}
