package api

// Link is an activation link: a page on which a customer activates a license.
type Link struct {
	ID        string  `json:"id"`
	LicenseID string  `json:"license_id"`
	URL       string  `json:"url" doc:"Whoever has it can activate the license, once; shown when the link is made and never again"`
	Email     string  `json:"email" doc:"Where it was sent; empty where it was not"`
	ExpiresAt string  `json:"expires_at"`
	UsedAt    *string `json:"used_at"`
	RevokedAt *string `json:"revoked_at"`
	CreatedAt string  `json:"created_at"`
}

// LicenseLinkBody says which activation link to make.
type LicenseLinkBody struct {
	Email string `json:"email,omitempty" maxLength:"320" doc:"Send it to this address, in the customer's language"`
	Days  int    `json:"days,omitempty" minimum:"1" maximum:"365" doc:"How long it can be used; 30 when left out"`
}

// LicenseLinkInput is the input of LicenseLink.
type LicenseLinkInput struct {
	Write
	License string `path:"license" doc:"Id or coupon"`
	Body    LicenseLinkBody
}

// LicenseActivateBody says for whom to activate a license: email or company.
type LicenseActivateBody struct {
	Email   string         `json:"email,omitempty" maxLength:"320" doc:"Registered e-mail address of an existing customer"`
	Company *CompanyFields `json:"company,omitempty" doc:"A new customer; name and email are needed"`
}

// LicenseActivateInput is the input of LicenseActivate.
type LicenseActivateInput struct {
	Write
	License string `path:"license" doc:"Id or coupon"`
	Body    LicenseActivateBody
}

// LicenseLink makes an activation link, and mails it where an address is given.
var LicenseLink = Op[LicenseLinkInput, Link]{
	ID: "license-link", Method: "POST", Path: "/v1/licenses/{license}/link", Status: 201,
	Summary: "Make an activation link", Scope: ScopeLicenseWrite, Command: "license link",
}

// LicenseLinkRevoke withdraws the activation links of a license that can still be used.
var LicenseLinkRevoke = Op[LicenseActionInput, List[Link]]{
	ID: "license-link-revoke", Method: "POST", Path: "/v1/licenses/{license}/link/revoke",
	Summary: "Revoke activation links", Scope: ScopeLicenseWrite, Command: "license link",
}

// LicenseActivate activates a license for a customer, and tells the customer by mail.
var LicenseActivate = Op[LicenseActivateInput, License]{
	ID: "license-activate", Method: "POST", Path: "/v1/licenses/{license}/activate",
	Summary: "Activate a license for a customer", Scope: ScopeLicenseWrite, Command: "license activate",
}
