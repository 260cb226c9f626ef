package api

import "strconv"

// MaxInvoiceLicenses is the most licenses one invoice request may name.
const MaxInvoiceLicenses = 20

// Invoice is a bill, from a reseller to a company or from the vendor to a reseller, or
// the credit note that cancels one. Amounts are minor units; a credit note's are below
// zero.
type Invoice struct {
	ID             string        `json:"id"`
	Number         string        `json:"number" doc:"Without gaps within seller and year"`
	Kind           string        `json:"kind" enum:"invoice,credit_note"`
	State          string        `json:"state" enum:"draft,sent,paid,void" doc:"A draft was not sent, and is a preview; a void invoice was cancelled by a credit note"`
	Seller         Party         `json:"seller"`
	Buyer          Party         `json:"buyer"`
	Company        *CompanyRef   `json:"company" doc:"The buyer; null where that is a reseller"`
	Order          *DocumentRef  `json:"order" doc:"What the vendor bills; null on a reseller's own invoices"`
	Cancels        *DocumentRef  `json:"cancels" doc:"The invoice that a credit note cancels"`
	CancelledBy    *DocumentRef  `json:"cancelled_by" doc:"The credit note that cancels the invoice"`
	Email          string        `json:"email" doc:"Where it is sent; empty where the buyer has no address"`
	Language       string        `json:"language" doc:"BCP 47 tag; English when empty"`
	Net            int64         `json:"net" doc:"Sum of the lines"`
	TaxRate        int64         `json:"tax_rate" doc:"Hundredths of a percent: 2100 is 21%"`
	Tax            int64         `json:"tax"`
	Amount         int64         `json:"amount" doc:"Net and tax"`
	Currency       string        `json:"currency"`
	Note           string        `json:"note"`
	IssuedOn       string        `json:"issued_on"`
	DueOn          *string       `json:"due_on"`
	PaidOn         *string       `json:"paid_on"`
	MailedAt       *string       `json:"mailed_at" doc:"When the mail server took it; null until then"`
	MailError      string        `json:"mail_error" doc:"Why it could not be delivered, for good"`
	Lines          []InvoiceLine `json:"lines" nullable:"false"`
	Version        int64         `json:"version"`
	CreatedAt      string        `json:"created_at"`
	AllowedActions []string      `json:"allowed_actions" nullable:"false" doc:"What may be done with it now: download, resend, pay, void"`
}

// ETag names the version of the invoice.
func (i Invoice) ETag() string { return `"` + strconv.FormatInt(i.Version, 10) + `"` }

// Party is who sells or buys, as it was when the invoice was sent.
type Party struct {
	Name       string `json:"name"`
	Address    string `json:"address"`
	PostalCode string `json:"postal_code"`
	City       string `json:"city"`
	Country    string `json:"country"`
	VATID      string `json:"vat_id"`
	Email      string `json:"email"`
}

// DocumentRef names an order or an invoice inside another resource.
type DocumentRef struct {
	ID     string `json:"id"`
	Number string `json:"number"`
}

// InvoiceLine keeps its text and price for ever; amounts are minor units.
type InvoiceLine struct {
	LicenseID        string  `json:"license_id"`
	Description      string  `json:"description"`
	Quantity         int64   `json:"quantity"`
	UnitPrice        int64   `json:"unit_price"`
	Interval         string  `json:"interval" enum:",year,month,once" doc:"What the unit price pays for"`
	Amount           int64   `json:"amount" doc:"Without tax"`
	StartsOn         string  `json:"starts_on"`
	EndsOn           *string `json:"ends_on" doc:"First day that is not paid for"`
	InvoiceReference string  `json:"invoice_reference" doc:"As it was given at purchase"`
}

// InvoiceSendBody names the licenses to bill, and how.
type InvoiceSendBody struct {
	Licenses       []string `json:"licenses" minItems:"1" maxItems:"20" nullable:"false" doc:"Ids or coupons"`
	ExpectedAmount *int64   `json:"expected_amount,omitempty" doc:"Refuse with price_changed unless the invoices, with tax, add up to exactly this, in minor units"`
	TaxRate        *int64   `json:"tax_rate,omitempty" minimum:"0" maximum:"10000" doc:"Hundredths of a percent, 2100 is 21%; the reseller's own where it is left out"`
	Due            string   `json:"due,omitempty" maxLength:"10" doc:"When to pay: days such as 14d, or a date; 30d where it is left out"`
	Note           string   `json:"note,omitempty" maxLength:"2000" doc:"Printed below the total: bank details, say"`
}

// InvoiceSendInput is the input of InvoiceSend.
type InvoiceSendInput struct {
	Write
	Body InvoiceSendBody
}

// InvoicePreviewInput is the input of InvoicePreview.
type InvoicePreviewInput struct {
	Body InvoiceSendBody
}

// InvoiceBatch is the invoices of one request: one for each company and currency.
type InvoiceBatch struct {
	Invoices []Invoice `json:"invoices" nullable:"false"`
}

// InvoiceFilter chooses invoices, in lists and exports alike.
type InvoiceFilter struct {
	Company string `query:"company" maxLength:"500" doc:"Id, domain, or exact name"`
	Order   string `query:"order" maxLength:"100" doc:"Id or number of the order that the vendor bills"`
	State   string `query:"state" enum:"sent,paid,void" doc:"State of the invoice"`
	Kind    string `query:"kind" enum:"invoice,credit_note" doc:"Invoices, or credit notes"`
	Since   string `query:"since" maxLength:"10" doc:"Issued on or after this date, YYYY-MM-DD"`
	Until   string `query:"until" maxLength:"10" doc:"Issued before this date, YYYY-MM-DD"`
	Search  string `query:"search" maxLength:"200" doc:"Text in any field, ignoring case and accents"`
}

// InvoiceDirection is part of the input of what chooses invoices.
type InvoiceDirection struct {
	Direction string `query:"direction" enum:"sent,received" default:"sent" doc:"Sent by resellers to companies, or received by resellers from the vendor; to the vendor, sent are its own"`
}

// InvoiceListInput is the input of InvoiceList.
type InvoiceListInput struct {
	Page
	InvoiceDirection
	InvoiceFilter
}

// InvoiceViewInput is the input of InvoiceView.
type InvoiceViewInput struct {
	Invoice string `path:"invoice" doc:"Id or number"`
}

// InvoiceActionInput is the input of what is done with one invoice.
type InvoiceActionInput struct {
	Write
	Invoice string `path:"invoice" doc:"Id or number"`
}

// InvoicePayBody says when an invoice was paid.
type InvoicePayBody struct {
	On string `json:"on,omitempty" maxLength:"10" doc:"Date of the payment, YYYY-MM-DD; today where it is left out"`
}

// InvoicePayInput is the input of InvoicePay.
type InvoicePayInput struct {
	Write
	Invoice string `path:"invoice" doc:"Id or number"`
	Body    InvoicePayBody
}

// InvoicePreview tells what would be invoiced; it sends nothing.
var InvoicePreview = Op[InvoicePreviewInput, InvoiceBatch]{
	ID: "invoice-preview", Method: "POST", Path: "/v1/invoices/preview",
	Summary: "Preview invoices", Scope: ScopeInvoiceRead, Command: "invoice send", Preview: true,
}

// InvoiceSend numbers and sends one invoice to each company of the licenses.
var InvoiceSend = Op[InvoiceSendInput, InvoiceBatch]{
	ID: "invoice-send", Method: "POST", Path: "/v1/invoices", Status: 201,
	Summary: "Send invoices", Scope: ScopeInvoiceWrite, Command: "invoice send",
}

// InvoiceList lists invoices, newest first.
var InvoiceList = Op[InvoiceListInput, List[Invoice]]{
	ID: "invoice-list", Method: "GET", Path: "/v1/invoices",
	Summary: "List invoices", Scope: ScopeInvoiceRead, Command: "invoice list",
}

// InvoiceView gives one invoice with its lines.
var InvoiceView = Op[InvoiceViewInput, Invoice]{
	ID: "invoice-view", Method: "GET", Path: "/v1/invoices/{invoice}",
	Summary: "View an invoice", Scope: ScopeInvoiceRead, Command: "invoice view",
}

// InvoiceDocumentInput is the input of InvoiceDocument.
type InvoiceDocumentInput struct {
	Invoice string `path:"invoice" doc:"Id or number"`
	Format  string `query:"format" enum:"pdf,html" default:"pdf" doc:"application/pdf or text/html"`
}

// InvoiceDocument gives an invoice as it was mailed.
var InvoiceDocument = Op[InvoiceDocumentInput, File]{
	ID: "invoice-document", Method: "GET", Path: "/v1/invoices/{invoice}/document",
	Summary: "Download an invoice", Scope: ScopeInvoiceRead, Command: "invoice download",
}

// InvoiceResend mails an invoice once more, to the address that its buyer has now.
var InvoiceResend = Op[InvoiceActionInput, Invoice]{
	ID: "invoice-resend", Method: "POST", Path: "/v1/invoices/{invoice}/resend",
	Summary: "Mail an invoice again", Scope: ScopeInvoiceWrite, Command: "invoice resend",
}

// InvoicePay notes that an invoice is paid.
var InvoicePay = Op[InvoicePayInput, Invoice]{
	ID: "invoice-pay", Method: "POST", Path: "/v1/invoices/{invoice}/pay",
	Summary: "Note that an invoice is paid", Scope: ScopeInvoiceWrite, Command: "invoice pay",
}

// InvoiceVoidPreview gives the credit note that would cancel an invoice, without a
// number; it changes nothing.
var InvoiceVoidPreview = Op[InvoiceViewInput, Invoice]{
	ID: "invoice-void-preview", Method: "POST", Path: "/v1/invoices/{invoice}/void/preview",
	Summary: "Preview the credit note for an invoice", Scope: ScopeInvoiceRead, Command: "invoice void",
}

// InvoiceVoid cancels an unpaid invoice by a credit note, which it gives.
var InvoiceVoid = Op[InvoiceActionInput, Invoice]{
	ID: "invoice-void", Method: "POST", Path: "/v1/invoices/{invoice}/void", Status: 201,
	Summary: "Cancel an invoice by a credit note", Scope: ScopeInvoiceWrite, Command: "invoice void",
}
