package api

import "strconv"

// Reseller is a tenant. A sub-reseller has a parent.
type Reseller struct {
	ID         string          `json:"id"`
	Login      string          `json:"login"`
	Name       string          `json:"name"`
	Email      string          `json:"email"`
	State      string          `json:"state" enum:"active,disabled"`
	Parent     *ResellerParent `json:"parent" doc:"null for a reseller of the vendor's own"`
	Products   []string        `json:"products" nullable:"false" doc:"SKUs of what it may sell; empty for everything that its parent may"`
	Credits    []CreditAmount  `json:"credits" nullable:"false" doc:"What it has of each product's credits"`
	Address    string          `json:"address"`
	PostalCode string          `json:"postal_code"`
	City       string          `json:"city"`
	Country    string          `json:"country" doc:"ISO 3166-1 alpha-2"`
	VATID      string          `json:"vat_id"`
	Language   string          `json:"language" doc:"BCP 47 tag, such as de, of what is sent to it; English when empty"`
	TaxRate    int64           `json:"tax_rate" doc:"Of its invoices to companies, hundredths of a percent"`
	Note       string          `json:"note" doc:"Of who made the account; never shown to itself"`
	DisabledAt *string         `json:"disabled_at"`
	Version    int64           `json:"version" doc:"Goes up with every change; the ETag"`
	CreatedAt  string          `json:"created_at"`
	UpdatedAt  string          `json:"updated_at"`
}

// ETag names the version of the reseller.
func (r Reseller) ETag() string { return `"` + strconv.FormatInt(r.Version, 10) + `"` }

// ResellerParent names the reseller above another one.
type ResellerParent struct {
	ID    string `json:"id"`
	Login string `json:"login"`
}

// CreditAmount is what a reseller has of a product's credits.
type CreditAmount struct {
	Product string `json:"product" doc:"SKU"`
	Amount  int64  `json:"amount"`
}

// ResellerFilter chooses resellers.
type ResellerFilter struct {
	Parent string `query:"parent" maxLength:"100" doc:"Id or login of the reseller right above them"`
	State  string `query:"state" enum:"active,disabled" doc:"State of the account"`
	Search string `query:"search" maxLength:"200" doc:"Text in any field, ignoring case and accents"`
}

// ResellerFields are the details that can be given and changed.
type ResellerFields struct {
	Name       *string   `json:"name,omitempty" maxLength:"500"`
	Email      *string   `json:"email,omitempty" maxLength:"320"`
	Address    *string   `json:"address,omitempty" maxLength:"500"`
	PostalCode *string   `json:"postal_code,omitempty" maxLength:"50"`
	City       *string   `json:"city,omitempty" maxLength:"200"`
	Country    *string   `json:"country,omitempty" maxLength:"2"`
	VATID      *string   `json:"vat_id,omitempty" maxLength:"50"`
	Language   *string   `json:"language,omitempty" maxLength:"35" doc:"BCP 47 tag, such as de, of what is sent to it"`
	TaxRate    *int64    `json:"tax_rate,omitempty" minimum:"0" maximum:"10000" doc:"Of its invoices to companies, hundredths of a percent"`
	Note       *string   `json:"note,omitempty" maxLength:"5000" doc:"For yourself; never shown to the reseller"`
	Products   *[]string `json:"products,omitempty" maxItems:"1000" nullable:"false" doc:"Ids or SKUs of what it may sell, among what its parent may; an empty list for all of that"`
}

// ResellerCreateBody says who is to have an account.
type ResellerCreateBody struct {
	Login  string `json:"login" minLength:"1" maxLength:"64" doc:"a-z, 0-9, dot, hyphen and underscore; unique in the installation. The first person of the reseller signs in with it"`
	Person string `json:"person,omitempty" maxLength:"500" doc:"Name of that person; the reseller's when left out"`
	ResellerFields
}

// ResellerCreateInput is the input of ResellerCreate.
type ResellerCreateInput struct {
	Write
	Body ResellerCreateBody
}

// ResellerListInput is the input of ResellerList.
type ResellerListInput struct {
	Page
	ResellerFilter
}

// ResellerViewInput is the input of ResellerView.
type ResellerViewInput struct {
	Reseller string `path:"reseller" doc:"Id or login"`
}

// ResellerEditBody says what to change.
type ResellerEditBody struct {
	ResellerFields
	Disabled *bool `json:"disabled,omitempty" doc:"Nobody of a reseller that is disabled can sign in or use a token"`
}

// ResellerEditInput is the input of ResellerEdit.
type ResellerEditInput struct {
	Reseller string `path:"reseller" doc:"Id or login"`
	IfMatch  string `header:"If-Match" doc:"Refuses the change with 412 unless the reseller still has this version"`
	Body     ResellerEditBody
}

// ResellerInviteInput is the input of ResellerInvite.
type ResellerInviteInput struct {
	Write
	Reseller string `path:"reseller" doc:"Id or login"`
}

// ResellerGrantBody says what to give.
type ResellerGrantBody struct {
	Product  string `json:"product" minLength:"1" maxLength:"100" doc:"Id or SKU"`
	Quantity int64  `json:"quantity" doc:"1 to 1,000,000,000 credits"`
	Note     string `json:"note,omitempty" maxLength:"500" doc:"In both ledgers"`
}

// ResellerGrantInput is the input of ResellerGrant.
type ResellerGrantInput struct {
	Write
	Reseller string `path:"reseller" doc:"Id or login"`
	Body     ResellerGrantBody
}

// Grant is credits that were given.
type Grant struct {
	ID        string `json:"id" doc:"Of the receiver's ledger entry"`
	Reseller  string `json:"reseller" doc:"Login of who received them"`
	Product   string `json:"product" doc:"SKU"`
	Quantity  int64  `json:"quantity"`
	Credits   int64  `json:"credits" doc:"What the receiver has now"`
	Remaining *int64 `json:"remaining" doc:"What the giver has left; null for the vendor, whose credits come from nowhere"`
	Note      string `json:"note"`
	CreatedAt string `json:"created_at"`
}

// ResellerDepositBody says what has been paid in.
type ResellerDepositBody struct {
	Currency string `json:"currency" minLength:"3" maxLength:"3" doc:"ISO 4217 code, such as EUR"`
	Amount   int64  `json:"amount" doc:"Minor units, 1 to 1,000,000,000,000"`
	Note     string `json:"note,omitempty" maxLength:"500" doc:"In the ledger"`
}

// ResellerDepositInput is the input of ResellerDeposit.
type ResellerDepositInput struct {
	Write
	Reseller string `path:"reseller" doc:"Id or login"`
	Body     ResellerDepositBody
}

// ResellerCreate makes a sub-reseller with a person who owns it, and mails that person a
// password.
var ResellerCreate = Op[ResellerCreateInput, Reseller]{
	ID: "reseller-create", Method: "POST", Path: "/v1/resellers", Status: 201,
	Summary: "Create a reseller", Scope: ScopeResellerWrite, Command: "reseller create",
}

// ResellerList lists sub-resellers and theirs, newest first; all of them to the vendor.
var ResellerList = Op[ResellerListInput, List[Reseller]]{
	ID: "reseller-list", Method: "GET", Path: "/v1/resellers",
	Summary: "List resellers", Scope: ScopeResellerRead, Command: "reseller list",
}

// ResellerView gives one reseller: one's own, or one below it.
var ResellerView = Op[ResellerViewInput, Reseller]{
	ID: "reseller-view", Method: "GET", Path: "/v1/resellers/{reseller}",
	Summary: "View a reseller", Scope: ScopeResellerRead, Command: "reseller view",
}

// ResellerEdit changes the given details of a reseller.
var ResellerEdit = Op[ResellerEditInput, Reseller]{
	ID: "reseller-edit", Method: "PATCH", Path: "/v1/resellers/{reseller}",
	Summary: "Edit a reseller", Scope: ScopeResellerWrite, Command: "reseller edit",
}

// ResellerInvite mails the first password again, another one, where it has not been used.
var ResellerInvite = Op[ResellerInviteInput, Reseller]{
	ID: "reseller-invite", Method: "POST", Path: "/v1/resellers/{reseller}/invite",
	Summary: "Mail a reseller its first password again", Scope: ScopeResellerWrite, Command: "reseller invite",
}

// ResellerGrant gives a reseller credits of a product, from one's own.
var ResellerGrant = Op[ResellerGrantInput, Grant]{
	ID: "reseller-grant", Method: "POST", Path: "/v1/resellers/{reseller}/credits", Status: 201,
	Summary: "Give a reseller credits", Scope: ScopeResellerWrite, Command: "reseller grant",
}

// ResellerDeposit puts money that has come in on a reseller's balance.
var ResellerDeposit = Op[ResellerDepositInput, LedgerEntry]{
	ID: "reseller-deposit", Method: "POST", Path: "/v1/resellers/{reseller}/deposits", Status: 201,
	Summary: "Put a deposit on a reseller's balance", Scope: ScopeVendor, Command: "reseller deposit",
}
