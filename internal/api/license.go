package api

import "strconv"

// License is a quantity of a product for a period.
type License struct {
	ID               string      `json:"id"`
	Coupon           string      `json:"coupon" doc:"8-character code to hand to a customer"`
	Name             string      `json:"name"`
	Note             string      `json:"note"`
	Email            string      `json:"email" doc:"Who uses it: for what is sent about it"`
	State            string      `json:"state" enum:"refunded,deleted,paused,expired,active,assigned,available"`
	Billing          string      `json:"billing" enum:"unbilled,invoiced,paid,free"`
	Company          *CompanyRef `json:"company" doc:"null for stock"`
	Product          ProductRef  `json:"product"`
	ContractID       string      `json:"contract_id"`
	OrderID          string      `json:"order_id" doc:"The order that created it"`
	OrderNumber      string      `json:"order_number"`
	Quantity         int64       `json:"quantity"`
	Active           int64       `json:"active" doc:"How many are in use: the quantity of an active license, else 0"`
	Available        int64       `json:"available" doc:"How many can be sold on: the quantity of stock, else 0"`
	KeySeats         int64       `json:"key_seats" doc:"Seats given to keys; at most quantity"`
	Devices          int64       `json:"devices" doc:"Active devices; at most quantity"`
	Term             string      `json:"term"`
	StartsOn         string      `json:"starts_on"`
	EndsOn           *string     `json:"ends_on" doc:"First day on which it is no longer valid; null when perpetual"`
	Serials          []string    `json:"serials" nullable:"false"`
	Amount           int64       `json:"amount" doc:"Paid for it so far, in minor units"`
	Currency         string      `json:"currency"`
	InvoiceReference string      `json:"invoice_reference"`
	Distributor      string      `json:"distributor" doc:"The distribution company its purchase went through"`
	Reseller         string      `json:"reseller" doc:"Login of the reseller that it belongs to: your own, or a sub-reseller"`
	AutoRenew        bool        `json:"auto_renew" doc:"Bought again for its term on the last day of it"`
	RenewalFailedOn  *string     `json:"renewal_failed_on" doc:"The last day on which that failed; null when it did not"`
	ActivatedAt      *string     `json:"activated_at"`
	PausedAt         *string     `json:"paused_at"`
	Version          int64       `json:"version"`
	CreatedAt        string      `json:"created_at"`
	UpdatedAt        string      `json:"updated_at"`
	AllowedActions   []string    `json:"allowed_actions" nullable:"false" doc:"What may be done with it now"`
}

// ETag names the version of the license.
func (l License) ETag() string { return `"` + strconv.FormatInt(l.Version, 10) + `"` }

// LicenseRef names a license inside another resource.
type LicenseRef struct {
	ID      string      `json:"id"`
	Coupon  string      `json:"coupon"`
	Product string      `json:"product" doc:"SKU"`
	Company *CompanyRef `json:"company"`
	State   string      `json:"state" enum:"refunded,deleted,paused,expired,active,assigned,available"`
	EndsOn  *string     `json:"ends_on"`
}

// LicenseFilter chooses licenses, in lists and exports alike.
type LicenseFilter struct {
	Company        string `query:"company" maxLength:"500" doc:"Id, domain, or exact name"`
	Product        string `query:"product" maxLength:"100" doc:"Id or SKU"`
	Kind           string `query:"kind" enum:"device,software,support,subscription" doc:"Kind of product"`
	Order          string `query:"order" maxLength:"100" doc:"Id or number"`
	State          string `query:"state" enum:"refunded,deleted,paused,expired,active,assigned,available" doc:"State of the license"`
	Billing        string `query:"billing" enum:"unbilled,invoiced,paid,free" doc:"Whether its company has been invoiced"`
	ExpiringWithin int    `query:"expiring_within" minimum:"1" maximum:"3650" doc:"Ends within this many days from today, and not yet"`
	EndsBefore     string `query:"ends_before" maxLength:"10" doc:"Ends before this date, YYYY-MM-DD"`
	EndsAfter      string `query:"ends_after" maxLength:"10" doc:"Ends after this date, YYYY-MM-DD"`
	Search         string `query:"search" maxLength:"200" doc:"Text in any field, ignoring case and accents"`
}

// LicenseAddBody says what to buy.
type LicenseAddBody struct {
	Quote            string   `json:"quote,omitempty" maxLength:"100" doc:"Id of a quote, to be bought exactly as it was saved; nothing else is given then"`
	Like             string   `json:"like,omitempty" maxLength:"100" doc:"Id or coupon of a license to buy more of: company, product, contract, term, quantity and distributor are as with it where they are left out"`
	Company          string   `json:"company,omitempty" maxLength:"500" doc:"Id, domain, or exact name; empty for stock"`
	Unassigned       bool     `json:"unassigned,omitempty" doc:"For stock, also where it is like a license of a company"`
	Product          string   `json:"product,omitempty" maxLength:"100" doc:"Id or SKU; needed without quote and like"`
	Contract         string   `json:"contract,omitempty" maxLength:"100" doc:"Id or number; may be left out where only one fits"`
	Term             string   `json:"term,omitempty" maxLength:"30" doc:"full:1-3, calendar:1-3, yearly:N, monthly:N, trial[:30d], until:YYYY-MM-DD, perpetual; needed without quote and like"`
	Quantity         int64    `json:"quantity,omitempty" doc:"1 to 1,000,000; with serials it is their number"`
	Serials          []string `json:"serials,omitempty" maxItems:"1000" doc:"Devices of a perpetual license"`
	Name             string   `json:"name,omitempty" maxLength:"500"`
	Note             string   `json:"note,omitempty" maxLength:"5000"`
	OrderNote        string   `json:"order_note,omitempty" maxLength:"5000"`
	InvoiceReference string   `json:"invoice_reference,omitempty" maxLength:"200" doc:"Returns on the invoice"`
	Stock            string   `json:"stock,omitempty" enum:"use,skip" doc:"use takes as much as there is from stock, earliest-ending first, and buys the rest; skip, as when left out, buys everything"`
	StockLimit       int64    `json:"stock_limit,omitempty" minimum:"0" doc:"With stock use: take at most so many from stock; 0, as when left out, is as many as there are"`
	Key              string   `json:"key,omitempty" maxLength:"40" doc:"Let this activation key, id or code, unlock what is bought"`
	Distributor      string   `json:"distributor,omitempty" maxLength:"200" doc:"The distribution company it goes through; the contract's when left out"`
	Pay              string   `json:"pay,omitempty" enum:"balance,card,invoice,credits" doc:"How to pay; when left out the first of balance, invoice and credits that the contract allows. With card, nothing is there until the order is paid on its payment page"`
	ExpectedAmount   *int64   `json:"expected_amount,omitempty" doc:"Refuse with price_changed unless it costs exactly this, in minor units"`
	ExpectedCredits  *int64   `json:"expected_credits,omitempty" doc:"Refuse with price_changed unless it costs exactly so many credits"`
}

// LicenseAddInput is the input of LicenseAdd.
type LicenseAddInput struct {
	Write
	Body LicenseAddBody
}

// LicensePreviewInput is the input of LicensePreview.
type LicensePreviewInput struct {
	Body LicenseAddBody
}

// LicenseListInput is the input of LicenseList.
type LicenseListInput struct {
	Page
	LicenseFilter
}

// LicenseViewInput is the input of LicenseView.
type LicenseViewInput struct {
	License string `path:"license" doc:"Id or coupon"`
}

// LicenseExtendBody says by how much to extend.
type LicenseExtendBody struct {
	Term            string `json:"term" minLength:"1" maxLength:"30" doc:"full:1-3, calendar:1-3, yearly:N, monthly:N or until:YYYY-MM-DD"`
	Contract        string `json:"contract,omitempty" maxLength:"100" doc:"Id or number; the license's own when left out, or where that is over the only one that fits"`
	FromExpiry      bool   `json:"from_expiry,omitempty" doc:"Continue from the end even when that has passed"`
	OrderNote       string `json:"order_note,omitempty" maxLength:"5000"`
	Pay             string `json:"pay,omitempty" enum:"balance,card,invoice,credits" doc:"How to pay; when left out the first of balance, invoice and credits that the contract allows. With card, nothing is changed until the order is paid on its payment page"`
	ExpectedAmount  *int64 `json:"expected_amount,omitempty" doc:"Refuse with price_changed unless it costs exactly this, in minor units"`
	ExpectedCredits *int64 `json:"expected_credits,omitempty" doc:"Refuse with price_changed unless it costs exactly so many credits"`
	ExpectedEnd     string `json:"expected_end,omitempty" maxLength:"10" doc:"Refuse with version_conflict unless the license ends on this date before the extension"`
}

// LicenseExtendInput is the input of LicenseExtend.
type LicenseExtendInput struct {
	Write
	License string `path:"license" doc:"Id or coupon"`
	Body    LicenseExtendBody
}

// LicenseExtendPreviewInput is the input of LicenseExtendPreview.
type LicenseExtendPreviewInput struct {
	License string `path:"license" doc:"Id or coupon"`
	Body    LicenseExtendBody
}

// LicenseUpgradeBody says what a license is to become.
type LicenseUpgradeBody struct {
	Quantity        int64  `json:"quantity,omitempty" doc:"How many it is to be in all, up to 1,000,000; as many as it is when left out"`
	Edition         string `json:"edition,omitempty" maxLength:"100" doc:"Name of another edition in the product's family; the same when left out"`
	Contract        string `json:"contract,omitempty" maxLength:"100" doc:"Id or number; the license's own when left out, or where that is over the only one that fits"`
	OrderNote       string `json:"order_note,omitempty" maxLength:"5000"`
	Pay             string `json:"pay,omitempty" enum:"balance,card,invoice,credits" doc:"How to pay; when left out the first of balance, invoice and credits that the contract allows. With card, nothing is changed until the order is paid on its payment page. Credits pay for a quantity, not for another edition"`
	ExpectedAmount  *int64 `json:"expected_amount,omitempty" doc:"Refuse with price_changed unless it costs exactly this, in minor units"`
	ExpectedCredits *int64 `json:"expected_credits,omitempty" doc:"Refuse with price_changed unless it costs exactly so many credits"`
}

// LicenseUpgradeInput is the input of LicenseUpgrade.
type LicenseUpgradeInput struct {
	Write
	License string `path:"license" doc:"Id or coupon"`
	Body    LicenseUpgradeBody
}

// LicenseUpgradePreviewInput is the input of LicenseUpgradePreview.
type LicenseUpgradePreviewInput struct {
	License string `path:"license" doc:"Id or coupon"`
	Body    LicenseUpgradeBody
}

// LicenseAssignBody says whose a license of stock becomes.
type LicenseAssignBody struct {
	Company  string `json:"company" minLength:"1" maxLength:"500" doc:"Id, domain, or exact name"`
	Quantity int64  `json:"quantity,omitempty" doc:"How much of the license, which becomes a license of its own; the whole of it, with its keys, when left out"`
}

// LicenseAssignInput is the input of LicenseAssign.
type LicenseAssignInput struct {
	Write
	License string `path:"license" doc:"Id or coupon"`
	Body    LicenseAssignBody
}

// LicenseActionInput is the input of what is done with a license without more to say.
type LicenseActionInput struct {
	Write
	License string `path:"license" doc:"Id or coupon"`
}

// Purchase is what a purchase, an extension or an upgrade came to.
type Purchase struct {
	Order    *Order    `json:"order" doc:"null where everything came from stock"`
	Licenses []License `json:"licenses" nullable:"false" doc:"What was taken from stock, and what the order made or changed: nothing while it waits for its payment"`
	// StockAvailable is what was not used, and could have been.
	StockAvailable int64 `json:"stock_available" doc:"How many of the same product and term are left in stock"`
}

// FromStock is what a purchase takes of one license of stock.
type FromStock struct {
	LicenseID string  `json:"license_id"`
	Coupon    string  `json:"coupon"`
	Quantity  int64   `json:"quantity"`
	EndsOn    *string `json:"ends_on"`
}

// Preview is what a purchase, an extension or an upgrade would do, computed by the server.
type Preview struct {
	Kind           string      `json:"kind" enum:"purchase,extension,upgrade,renewal"`
	Company        *CompanyRef `json:"company"`
	Product        ProductRef  `json:"product"`
	Contract       string      `json:"contract" doc:"Number of the contract"`
	Conditions     string      `json:"conditions"`
	Distributor    string      `json:"distributor"`
	LicenseID      string      `json:"license_id,omitempty" doc:"The license to be extended or upgraded"`
	Term           string      `json:"term"`
	StartsOn       string      `json:"starts_on"`
	EndsOn         *string     `json:"ends_on"`
	Quantity       int64       `json:"quantity" doc:"How many are bought; of an upgrade, how many it is to be in all"`
	QuantityBefore int64       `json:"quantity_before,omitempty" doc:"How many an upgrade goes from"`
	ProductBefore  *ProductRef `json:"product_before,omitempty" doc:"The edition that an upgrade goes from, which may be the same"`
	FromStock      []FromStock `json:"from_stock" nullable:"false" doc:"What is taken from stock instead"`
	StockAvailable int64       `json:"stock_available" doc:"How many of the same product and term are in stock"`
	UnitPrice      int64       `json:"unit_price" doc:"Minor units, for one interval"`
	Interval       string      `json:"interval" enum:"year,month,once," doc:"What the unit price is for; empty for a trial"`
	Amount         int64       `json:"amount" doc:"Minor units, in all"`
	Currency       string      `json:"currency"`
	Payment        string      `json:"payment" enum:"balance,card,invoice,credits,free"`
	Credits        int64       `json:"credits" doc:"What it costs in credits of the product, where they pay for it"`
	BalanceBefore  int64       `json:"balance_before"`
	BalanceAfter   int64       `json:"balance_after"`
	CreditsBefore  int64       `json:"credits_before" doc:"Credits of the product, where they pay for it"`
	CreditsAfter   int64       `json:"credits_after"`
	Existing       int64       `json:"existing" doc:"Quantity of this product that the company has already"`
	EndingSoon     int64       `json:"ending_this_month" doc:"How much of that ends this month"`
}

// LicenseList lists licenses, newest first.
var LicenseList = Op[LicenseListInput, List[License]]{
	ID: "license-list", Method: "GET", Path: "/v1/licenses",
	Summary: "List licenses", Scope: ScopeLicenseRead, Command: "license list",
}

// LicenseView gives one license.
var LicenseView = Op[LicenseViewInput, License]{
	ID: "license-view", Method: "GET", Path: "/v1/licenses/{license}",
	Summary: "View a license", Scope: ScopeLicenseRead, Command: "license view",
}

// LicensePreview tells what a purchase would do; it spends nothing.
var LicensePreview = Op[LicensePreviewInput, Preview]{
	ID: "license-preview", Method: "POST", Path: "/v1/licenses/preview",
	Summary: "Preview a purchase", Scope: ScopeLicenseRead, Command: "license add", Preview: true,
}

// LicenseAdd buys a license.
var LicenseAdd = Op[LicenseAddInput, Purchase]{
	ID: "license-add", Method: "POST", Path: "/v1/licenses", Status: 201,
	Summary: "Buy a license", Scope: ScopeOrderWrite, Command: "license add",
}

// LicenseExtendPreview tells what an extension would do; it spends nothing.
var LicenseExtendPreview = Op[LicenseExtendPreviewInput, Preview]{
	ID: "license-extend-preview", Method: "POST", Path: "/v1/licenses/{license}/extend/preview",
	Summary: "Preview an extension", Scope: ScopeLicenseRead, Command: "license extend", Preview: true,
}

// LicenseExtend buys a further period of a license.
var LicenseExtend = Op[LicenseExtendInput, Purchase]{
	ID: "license-extend", Method: "POST", Path: "/v1/licenses/{license}/extend",
	Summary: "Extend a license", Scope: ScopeOrderWrite, Command: "license extend",
}

// LicenseUpgradePreview tells what an upgrade would do; it spends nothing.
var LicenseUpgradePreview = Op[LicenseUpgradePreviewInput, Preview]{
	ID: "license-upgrade-preview", Method: "POST", Path: "/v1/licenses/{license}/upgrade/preview",
	Summary: "Preview an upgrade", Scope: ScopeLicenseRead, Command: "license upgrade",
}

// LicenseUpgrade makes a license larger, or one of another edition, for the difference in
// price for the days that are left. Its keys and devices stay.
var LicenseUpgrade = Op[LicenseUpgradeInput, Purchase]{
	ID: "license-upgrade", Method: "POST", Path: "/v1/licenses/{license}/upgrade",
	Summary: "Upgrade a license", Scope: ScopeOrderWrite, Command: "license upgrade",
}

// LicenseAssign gives a license of stock, or some of it, to a company, and answers the
// company's license.
var LicenseAssign = Op[LicenseAssignInput, License]{
	ID: "license-assign", Method: "POST", Path: "/v1/licenses/{license}/assign",
	Summary: "Assign a license to a company", Scope: ScopeLicenseWrite, Command: "license assign",
}

// LicensePause stops a license without deleting it; its end does not move.
var LicensePause = Op[LicenseActionInput, License]{
	ID: "license-pause", Method: "POST", Path: "/v1/licenses/{license}/pause",
	Summary: "Pause a license", Scope: ScopeLicenseWrite, Command: "license pause",
}

// LicenseResume runs a paused license again.
var LicenseResume = Op[LicenseActionInput, License]{
	ID: "license-resume", Method: "POST", Path: "/v1/licenses/{license}/resume",
	Summary: "Resume a license", Scope: ScopeLicenseWrite, Command: "license resume",
}
