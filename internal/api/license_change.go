package api

// LicenseFields are the details of a license that can be changed.
type LicenseFields struct {
	Name             *string `json:"name,omitempty" maxLength:"500"`
	Note             *string `json:"note,omitempty" maxLength:"5000"`
	Email            *string `json:"email,omitempty" maxLength:"320" doc:"Who uses it: for what is sent about it"`
	InvoiceReference *string `json:"invoice_reference,omitempty" maxLength:"200" doc:"Returns on the invoices that are yet to be sent"`
}

// LicenseEditInput is the input of LicenseEdit.
type LicenseEditInput struct {
	License string `path:"license" doc:"Id or coupon"`
	IfMatch string `header:"If-Match" doc:"Refuses the change with 412 unless the license still has this version"`
	DryRun  bool   `query:"dry_run" doc:"Check, and change nothing: the answer is what it would be"`
	Body    LicenseFields
}

// LicenseEdit changes the given details of a license.
var LicenseEdit = Op[LicenseEditInput, License]{
	ID: "license-edit", Method: "PATCH", Path: "/v1/licenses/{license}",
	Summary: "Edit a license", Scope: ScopeLicenseWrite, Command: "license edit",
}

// LicenseDelete deletes a license that was never activated, and frees its serial
// numbers. It returns no money.
var LicenseDelete = Op[LicenseActionInput, License]{
	ID: "license-delete", Method: "POST", Path: "/v1/licenses/{license}/delete",
	Summary: "Delete a license that was never activated", Scope: ScopeLicenseWrite, Command: "license delete",
}

// LicenseAutoRenewBody says whether to renew.
type LicenseAutoRenewBody struct {
	Enabled bool `json:"enabled" doc:"true buys it again for its term on its last day, as long as that can be paid; false lets it expire"`
}

// LicenseAutoRenewInput is the input of LicenseAutoRenew.
type LicenseAutoRenewInput struct {
	Write
	License string `path:"license" doc:"Id or coupon"`
	Body    LicenseAutoRenewBody
}

// LicenseAutoRenew switches the renewal of an activated license on or off.
var LicenseAutoRenew = Op[LicenseAutoRenewInput, License]{
	ID: "license-auto-renew", Method: "POST", Path: "/v1/licenses/{license}/renewal",
	Summary: "Switch auto-renewal on or off", Scope: ScopeOrderWrite, Command: "license auto-renew on",
}
