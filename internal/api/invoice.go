package api

// MaxInvoiceLicenses is the most licenses one invoice request may name.
const MaxInvoiceLicenses = 20

// Invoice is a bill to a company.
type Invoice struct {
	ID        string        `json:"id"`
	Number    string        `json:"number" doc:"Without gaps within seller and year"`
	State     string        `json:"state" enum:"sent"`
	Company   CompanyRef    `json:"company"`
	Email     string        `json:"email" doc:"Where it is sent"`
	Amount    int64         `json:"amount" doc:"Minor units"`
	Currency  string        `json:"currency"`
	IssuedOn  string        `json:"issued_on"`
	MailedAt  *string       `json:"mailed_at" doc:"When the mail server took it; null until then"`
	MailError string        `json:"mail_error" doc:"Why it could not be delivered, for good"`
	Lines     []InvoiceLine `json:"lines" nullable:"false"`
	CreatedAt string        `json:"created_at"`
}

// InvoiceLine keeps its text and price for ever; amounts are minor units.
type InvoiceLine struct {
	LicenseID        string  `json:"license_id"`
	Description      string  `json:"description"`
	Quantity         int64   `json:"quantity"`
	UnitPrice        int64   `json:"unit_price"`
	Amount           int64   `json:"amount"`
	StartsOn         string  `json:"starts_on"`
	EndsOn           *string `json:"ends_on"`
	InvoiceReference string  `json:"invoice_reference"`
}

// InvoiceSendBody names the licenses to bill.
type InvoiceSendBody struct {
	Licenses       []string `json:"licenses" minItems:"1" maxItems:"20" nullable:"false" doc:"Ids or coupons"`
	ExpectedAmount *int64   `json:"expected_amount,omitempty" doc:"Refuse with price_changed unless the invoices add up to exactly this, in minor units"`
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

// InvoiceFilter chooses invoices.
type InvoiceFilter struct {
	Company string `query:"company" maxLength:"500" doc:"Id, domain, or exact name"`
	Since   string `query:"since" maxLength:"10" doc:"Issued on or after this date, YYYY-MM-DD"`
	Until   string `query:"until" maxLength:"10" doc:"Issued before this date, YYYY-MM-DD"`
}

// InvoiceListInput is the input of InvoiceList.
type InvoiceListInput struct {
	Page
	InvoiceFilter
}

// InvoiceViewInput is the input of InvoiceView.
type InvoiceViewInput struct {
	Invoice string `path:"invoice" doc:"Id or number"`
}

// InvoicePreview tells what would be invoiced; it sends nothing.
var InvoicePreview = Op[InvoicePreviewInput, InvoiceBatch]{
	ID: "invoice-preview", Method: "POST", Path: "/v1/invoices/preview",
	Summary: "Preview invoices", Scope: ScopeInvoiceRead, Command: "invoice send",
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
