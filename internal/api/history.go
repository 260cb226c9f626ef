package api

// HistoryEntry is something that became of a license.
type HistoryEntry struct {
	ID          string `json:"id" doc:"Of the event in the audit log"`
	At          string `json:"at"`
	Type        string `json:"type" doc:"For example license.extended"`
	Text        string `json:"text" doc:"What happened, in a sentence"`
	Actor       string `json:"actor" doc:"Login or token name of who did it, as it was then; empty for a customer with a code or a link"`
	LicenseID   string `json:"license_id" doc:"Empty where it is about several, as an invoice may be"`
	Coupon      string `json:"coupon" doc:"Of the license"`
	OrderNumber string `json:"order_number" doc:"The order that it was a part of; else the one that made the license"`
}

// LicenseHistoryInput is the input of LicenseHistory.
type LicenseHistoryInput struct {
	Page
	License string `path:"license" doc:"Id or coupon"`
}

// CompanyHistoryInput is the input of CompanyHistory.
type CompanyHistoryInput struct {
	Page
	Company string `path:"company" doc:"Id, domain, or exact name"`
}

// LicenseHistory lists what became of a license, newest first.
var LicenseHistory = Op[LicenseHistoryInput, List[HistoryEntry]]{
	ID: "license-history", Method: "GET", Path: "/v1/licenses/{license}/history",
	Summary: "List what became of a license", Scope: ScopeLicenseRead, Command: "license history",
}

// CompanyHistory lists what became of a company's licenses, newest first.
var CompanyHistory = Op[CompanyHistoryInput, List[HistoryEntry]]{
	ID: "company-history", Method: "GET", Path: "/v1/companies/{company}/history",
	Summary: "List what became of a company's licenses", Scope: ScopeLicenseRead, Command: "license history",
}
