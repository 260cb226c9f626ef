package api

// EndMarker begins the last line of an export that was asked for end_marker: it is
// followed by the number of rows and the SHA-256, in hex, of all bytes before it:
//
//	#end rows=10000 sha256=9f86d0…
//
// Of an export that can be gone on with later, the cursor follows: " next=" and what
// the next one is given as "after". No row can begin so: a cell that starts with # is quoted.
const EndMarker = "#end rows="

// Trailers of every export.
const (
	TrailerRows = "Export-Rows"
	TrailerSum  = "Export-Sha256"
)

// TrailerNext is the trailer of an export that was asked for after: the cursor to go on
// with later.
const TrailerNext = "Export-Next"

// ExportStart stands, as after, for the cursor of an export before the first.
const ExportStart = "start"

// ExportFormat is part of the input of every export.
type ExportFormat struct {
	Format    string `query:"format" enum:"csv,ndjson" default:"csv" doc:"text/csv or application/x-ndjson"`
	EndMarker bool   `query:"end_marker" doc:"Add a last line with the number of rows and the SHA-256 of what is before it, for clients behind proxies that drop trailers"`
	Raw       bool   `query:"raw" doc:"In CSV, leave cells alone that a spreadsheet would run as formulas; otherwise they get a leading apostrophe"`
}

// WithEndMarker asks for the last line that proves the export complete.
func (f *ExportFormat) WithEndMarker() { f.EndMarker = true }

// ExportCompaniesInput is the input of ExportCompanies.
type ExportCompaniesInput struct {
	ExportFormat
	CompanyFilter

	IDs string `query:"ids" maxLength:"4000" doc:"Only those of these ids, up to 100, with commas between them"`
}

// ExportLicensesInput is the input of ExportLicenses.
type ExportLicensesInput struct {
	ExportFormat
	LicenseFilter

	IDs string `query:"ids" maxLength:"4000" doc:"Only those of these ids, up to 100, with commas between them"`
}

// ExportKeysInput is the input of ExportKeys. Another cursor than that of an export with
// the same filter, by the same reseller, is refused with invalid_cursor.
type ExportKeysInput struct {
	ExportFormat
	KeyFilter

	After string `query:"after" maxLength:"400" doc:"Only the keys made since an earlier export with the same filter: start, or what that gave as next in its end marker and as Export-Next in its trailers, as this one then does"`
}

// Since asks for what came after a cursor.
func (in *ExportKeysInput) Since(cursor string) { in.After = cursor }

// ExportOrdersInput is the input of ExportOrders.
type ExportOrdersInput struct {
	ExportFormat
	OrderFilter
}

// ExportInvoicesInput is the input of ExportInvoices.
type ExportInvoicesInput struct {
	ExportFormat
	InvoiceDirection
	InvoiceFilter
}

// ExportDevicesInput is the input of ExportDevices.
type ExportDevicesInput struct {
	ExportFormat
	DeviceFilter
}

// ExportCompanies streams companies, oldest first.
var ExportCompanies = Op[ExportCompaniesInput, Stream]{
	ID: "export-companies", Method: "GET", Path: "/v1/exports/companies",
	Summary: "Export companies", Scope: ScopeCompanyRead, Command: "export csv companies",
}

// ExportLicenses streams licenses, oldest first.
var ExportLicenses = Op[ExportLicensesInput, Stream]{
	ID: "export-licenses", Method: "GET", Path: "/v1/exports/licenses",
	Summary: "Export licenses", Scope: ScopeLicenseRead, Command: "export csv licenses",
}

// ExportKeys streams activation keys, oldest first.
var ExportKeys = Op[ExportKeysInput, Stream]{
	ID: "export-keys", Method: "GET", Path: "/v1/exports/keys",
	Summary: "Export activation keys", Scope: ScopeKeyRead, Command: "export csv keys",
}

// ExportOrders streams order lines, oldest first: one row for each line.
var ExportOrders = Op[ExportOrdersInput, Stream]{
	ID: "export-orders", Method: "GET", Path: "/v1/exports/orders",
	Summary: "Export orders", Scope: ScopeOrderRead, Command: "export csv orders",
}

// ExportInvoices streams invoices and credit notes, oldest first: one row for each.
var ExportInvoices = Op[ExportInvoicesInput, Stream]{
	ID: "export-invoices", Method: "GET", Path: "/v1/exports/invoices",
	Summary: "Export invoices", Scope: ScopeInvoiceRead, Command: "export csv invoices",
}

// ExportDevices streams devices, those that were activated first before the others.
var ExportDevices = Op[ExportDevicesInput, Stream]{
	ID: "export-devices", Method: "GET", Path: "/v1/exports/devices",
	Summary: "Export devices", Scope: ScopeKeyRead, Command: "export csv devices",
}
