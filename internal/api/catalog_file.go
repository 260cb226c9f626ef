package api

// Catalog is what the vendor sells, to whom, and under which contracts. Amounts are
// minor units. It is also the form of a catalogue file, in YAML.
type Catalog struct {
	Vendor    CatalogVendor     `json:"vendor"`
	Products  []CatalogProduct  `json:"products,omitempty" maxItems:"10000"`
	Resellers []CatalogReseller `json:"resellers,omitempty" maxItems:"10000"`
}

// CatalogVendor is the vendor itself.
type CatalogVendor struct {
	Name       string `json:"name" minLength:"1" maxLength:"200"`
	TimeZone   string `json:"time_zone,omitempty" maxLength:"100" doc:"IANA name, such as Europe/Amsterdam; UTC when left out"`
	MailFrom   string `json:"mail_from" minLength:"1" maxLength:"320"`
	Address    string `json:"address,omitempty" maxLength:"500"`
	PostalCode string `json:"postal_code,omitempty" maxLength:"50"`
	City       string `json:"city,omitempty" maxLength:"200"`
	Country    string `json:"country,omitempty" maxLength:"2" doc:"ISO 3166-1 alpha-2"`
	VATID      string `json:"vat_id,omitempty" maxLength:"50"`
	TaxRate    int64  `json:"tax_rate,omitempty" minimum:"0" maximum:"10000" doc:"Of its invoices to resellers, in hundredths of a percent"`
}

// PriceList is unit prices in minor units: by currency or SKU, then by interval.
type PriceList = map[string]map[string]int64

// CatalogProduct is a product with its list prices.
type CatalogProduct struct {
	SKU               string    `json:"sku" minLength:"1" maxLength:"100"`
	Name              string    `json:"name" minLength:"1" maxLength:"200"`
	Kind              string    `json:"kind" enum:"device,software,support,subscription"`
	Metric            string    `json:"metric" enum:"users,devices,screens,servers,channels" doc:"What the quantity counts"`
	Family            string    `json:"family,omitempty" maxLength:"100" doc:"Products of one family are each other's editions"`
	Edition           string    `json:"edition,omitempty" maxLength:"100" doc:"Name within the family"`
	Terms             []string  `json:"terms" minItems:"1" nullable:"false" doc:"Kinds of term it is sold for: trial, calendar, full, yearly, monthly, until, perpetual"`
	CalendarProration string    `json:"calendar_proration,omitempty" enum:"none,monthly" doc:"monthly: the first calendar year costs the months left in it"`
	RefundDays        int64     `json:"refund_days,omitempty" minimum:"0" maximum:"3650" doc:"Days after purchase in which it can be refunded"`
	Prices            PriceList `json:"prices,omitempty" doc:"List prices by currency, then by year, month or once"`
}

// CatalogReseller is a tenant with its contracts.
type CatalogReseller struct {
	Login     string            `json:"login" minLength:"1" maxLength:"100"`
	Name      string            `json:"name" minLength:"1" maxLength:"200"`
	Email     string            `json:"email,omitempty" maxLength:"320"`
	Accounts  []CatalogAccount  `json:"accounts,omitempty"`
	Credits   map[string]int64  `json:"credits,omitempty" doc:"By SKU; granted once, when the reseller has had none of the product"`
	Contracts []CatalogContract `json:"contracts,omitempty"`
}

// CatalogAccount is a reseller's account in a currency.
type CatalogAccount struct {
	Currency    string `json:"currency" minLength:"3" maxLength:"3" doc:"ISO 4217 code, such as EUR"`
	Deposit     int64  `json:"deposit,omitempty" minimum:"0" doc:"Paid in once, when the account is opened"`
	CreditLimit int64  `json:"credit_limit,omitempty" minimum:"0" doc:"How far below zero the balance may go"`
}

// CatalogContract is a contract with its unit prices: it sells what has one.
type CatalogContract struct {
	Number      string    `json:"number" minLength:"1" maxLength:"100"`
	Name        string    `json:"name,omitempty" maxLength:"200"`
	Conditions  string    `json:"conditions,omitempty" maxLength:"5000"`
	Currency    string    `json:"currency" minLength:"3" maxLength:"3" doc:"ISO 4217 code, such as EUR"`
	Payments    []string  `json:"payments,omitempty" doc:"Ways to pay under it: balance, card, invoice, credits; all but invoice when left out"`
	Distributor string    `json:"distributor,omitempty" maxLength:"200" doc:"The distribution company that purchases go through"`
	StartsOn    string    `json:"starts_on" maxLength:"10"`
	EndsOn      string    `json:"ends_on,omitempty" maxLength:"10" doc:"First day on which it no longer holds"`
	Closed      bool      `json:"closed,omitempty"`
	Prices      PriceList `json:"prices,omitempty" doc:"By SKU, then by year, month or once"`
}

// CatalogApplyBody is a catalogue to be applied.
type CatalogApplyBody struct {
	DryRun  bool    `json:"dry_run,omitempty" doc:"Tell what would change and change nothing"`
	Catalog Catalog `json:"catalog"`
}

// CatalogApplyInput is the input of CatalogApply.
type CatalogApplyInput struct {
	Write
	Body CatalogApplyBody
}

// CatalogViewInput is the input of CatalogView.
type CatalogViewInput struct{}

// CatalogChange is one thing that differs.
type CatalogChange struct {
	Action string `json:"action" enum:"create,change,remove"`
	Path   string `json:"path" doc:"For example products/mdm-device/prices/EUR/year"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// CatalogApply makes the installation as a catalogue says, all or nothing: what is
// missing is added, what differs is changed, and what it does not name stays. A product
// or contract that it names has the prices it gives, and no others.
var CatalogApply = Op[CatalogApplyInput, List[CatalogChange]]{
	ID: "catalog-apply", Method: "POST", Path: "/v1/catalog",
	Summary: "Apply a catalogue", Scope: ScopeVendor, Command: "catalog apply",
}

// CatalogView gives the installation as a catalogue that would change nothing.
var CatalogView = Op[CatalogViewInput, Catalog]{
	ID: "catalog-view", Method: "GET", Path: "/v1/catalog",
	Summary: "View the catalogue", Scope: ScopeVendor, Command: "catalog view",
}
