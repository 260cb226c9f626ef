package api

// RefundPreview is what the refund of an order does, computed by the server.
type RefundPreview struct {
	OrderID         string          `json:"order_id"`
	Number          string          `json:"number"`
	Kind            string          `json:"kind" enum:"purchase,extension,upgrade,renewal"`
	Product         string          `json:"product" doc:"SKU"`
	Payment         string          `json:"payment" enum:"balance,card,invoice,credits,free" doc:"How it was paid, and so where the money goes back to; on account, the vendor's invoice is taken back"`
	Amount          int64           `json:"amount" doc:"Minor units that come back"`
	Currency        string          `json:"currency"`
	Credits         int64           `json:"credits" doc:"Credits of the product that come back"`
	RefundableUntil string          `json:"refundable_until" doc:"The last day on which it can be refunded"`
	Licenses        []RefundLicense `json:"licenses" nullable:"false"`
	Invoices        []RefundInvoice `json:"invoices" nullable:"false" doc:"Invoices to companies that billed it: they stay until they are made void"`
}

// RefundLicense is what a refund does to a license.
type RefundLicense struct {
	ID            string      `json:"id"`
	Coupon        string      `json:"coupon"`
	Company       *CompanyRef `json:"company"`
	State         string      `json:"state" enum:"refunded,deleted,paused,expired,active,assigned,available"`
	Stops         bool        `json:"stops" doc:"Whether it stops for good; otherwise it is again as it was before the order"`
	Quantity      int64       `json:"quantity"`
	QuantityAfter int64       `json:"quantity_after"`
	EndsOn        *string     `json:"ends_on"`
	EndsOnAfter   *string     `json:"ends_on_after"`
	Product       string      `json:"product" doc:"SKU"`
	ProductAfter  string      `json:"product_after" doc:"SKU"`
}

// RefundInvoice is an invoice to a company that billed a refunded order.
type RefundInvoice struct {
	ID      string      `json:"id"`
	Number  string      `json:"number"`
	Company *CompanyRef `json:"company"`
}

// OrderRefundBody says why an order is refunded.
type OrderRefundBody struct {
	Reason string `json:"reason,omitempty" maxLength:"500" doc:"For the audit log"`
}

// OrderRefundInput is the input of OrderRefund.
type OrderRefundInput struct {
	Write
	Order string `path:"order" doc:"Id or number"`
	Body  OrderRefundBody
}

// OrderRefundPreviewInput is the input of OrderRefundPreview.
type OrderRefundPreviewInput struct {
	Order string `path:"order" doc:"Id or number"`
}

// OrderRefundPreview tells what a refund would do; it changes nothing.
var OrderRefundPreview = Op[OrderRefundPreviewInput, RefundPreview]{
	ID: "order-refund-preview", Method: "POST", Path: "/v1/orders/{order}/refund/preview",
	Summary: "Preview a refund", Scope: ScopeOrderRead, Command: "order refund",
}

// OrderRefund returns what an order cost by the way that it was paid, and takes back
// what it did.
var OrderRefund = Op[OrderRefundInput, Order]{
	ID: "order-refund", Method: "POST", Path: "/v1/orders/{order}/refund",
	Summary: "Refund an order", Scope: ScopeOrderWrite, Command: "order refund",
}
