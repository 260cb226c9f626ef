package api

import "strconv"

// Company is an end customer.
type Company struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	AlternateName  string `json:"alternate_name"`
	Domain         string `json:"domain" doc:"Unique within the reseller; the natural external id"`
	Email          string `json:"email"`
	Phone          string `json:"phone"`
	Country        string `json:"country" doc:"ISO 3166-1 alpha-2"`
	Address        string `json:"address"`
	PostalCode     string `json:"postal_code"`
	City           string `json:"city"`
	VATID          string `json:"vat_id"`
	Note           string `json:"note"`
	Reseller       string `json:"reseller" doc:"Login of the reseller that it belongs to: your own, or a sub-reseller"`
	Language       string `json:"language" doc:"BCP 47 tag, such as de, of what is sent to it; English when empty"`
	SetupAssistant bool   `json:"setup_assistant" doc:"Whether the setup assistant must be completed before the environment can be used"`
	Version        int64  `json:"version" doc:"Goes up with every change; the ETag"`
	CreatedAt      string `json:"created_at"`
	UpdatedAt      string `json:"updated_at"`
}

// ETag names the version of the company.
func (c Company) ETag() string { return `"` + strconv.FormatInt(c.Version, 10) + `"` }

// CompanyRef names a company inside another resource.
type CompanyRef struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Domain string `json:"domain,omitempty"`
}

// CompanyFields are the details that can be given and changed.
type CompanyFields struct {
	Name           *string `json:"name,omitempty" maxLength:"500"`
	AlternateName  *string `json:"alternate_name,omitempty" maxLength:"500"`
	Domain         *string `json:"domain,omitempty" maxLength:"253"`
	Email          *string `json:"email,omitempty" maxLength:"320"`
	Phone          *string `json:"phone,omitempty" maxLength:"100"`
	Country        *string `json:"country,omitempty" maxLength:"2"`
	Address        *string `json:"address,omitempty" maxLength:"500"`
	PostalCode     *string `json:"postal_code,omitempty" maxLength:"50"`
	City           *string `json:"city,omitempty" maxLength:"200"`
	VATID          *string `json:"vat_id,omitempty" maxLength:"50"`
	Note           *string `json:"note,omitempty" maxLength:"5000"`
	Language       *string `json:"language,omitempty" maxLength:"35" doc:"BCP 47 tag, such as de, of what is sent to it"`
	SetupAssistant *bool   `json:"setup_assistant,omitempty"`
}

// CompanyFilter chooses companies, in lists and exports alike.
type CompanyFilter struct {
	Search  string `query:"search" maxLength:"200" doc:"Text in any field, ignoring case and accents"`
	Domain  string `query:"domain" maxLength:"253" doc:"Exact domain"`
	Email   string `query:"email" maxLength:"320" doc:"Exact e-mail address"`
	Country string `query:"country" maxLength:"2" doc:"ISO 3166-1 alpha-2 code, such as DE"`
}

// CompanyCreateInput is the input of CompanyCreate.
type CompanyCreateInput struct {
	Write
	Body CompanyFields
}

// CompanyListInput is the input of CompanyList.
type CompanyListInput struct {
	Page
	CompanyFilter
}

// CompanyViewInput is the input of CompanyView.
type CompanyViewInput struct {
	Company string `path:"company" doc:"Id, domain, or exact name"`
}

// CompanyEditInput is the input of CompanyEdit.
type CompanyEditInput struct {
	Company string `path:"company" doc:"Id, domain, or exact name"`
	IfMatch string `header:"If-Match" doc:"Refuses the change with 412 unless the company still has this version"`
	DryRun  bool   `query:"dry_run" doc:"Check, and change nothing: the answer is what it would be"`
	Body    CompanyFields
}

// CompanyImportInput is the input of CompanyImport.
type CompanyImportInput struct {
	Write
	Body CompanyImportBody
}

// CompanyImportBody is a batch of companies, told apart by domain.
type CompanyImportBody struct {
	Update    bool            `json:"update,omitempty" doc:"Change companies that exist and differ; otherwise they are left alone"`
	DryRun    bool            `json:"dry_run,omitempty" doc:"Tell what would happen and change nothing"`
	Companies []CompanyFields `json:"companies" minItems:"1" maxItems:"1000" nullable:"false"`
}

// CompanyImportResult tells what became of each company of a batch, in order.
type CompanyImportResult struct {
	Results []CompanyImportRow `json:"results" nullable:"false"`
}

// CompanyImportRow tells what became of one company.
type CompanyImportRow struct {
	ID      string `json:"id,omitempty"`
	Status  string `json:"status" enum:"created,unchanged,updated,differs,failed" doc:"differs: it exists with other details, and update was not asked for"`
	Code    string `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
}

// CompanyCreate adds a company.
var CompanyCreate = Op[CompanyCreateInput, Company]{
	ID: "company-create", Method: "POST", Path: "/v1/companies", Status: 201,
	Summary: "Create a company", Scope: ScopeCompanyWrite, Command: "company create",
}

// CompanyList lists companies, newest first.
var CompanyList = Op[CompanyListInput, List[Company]]{
	ID: "company-list", Method: "GET", Path: "/v1/companies",
	Summary: "List companies", Scope: ScopeCompanyRead, Command: "company list",
}

// CompanyView gives one company.
var CompanyView = Op[CompanyViewInput, Company]{
	ID: "company-view", Method: "GET", Path: "/v1/companies/{company}",
	Summary: "View a company", Scope: ScopeCompanyRead, Command: "company view",
}

// CompanyEdit changes the given details of a company.
var CompanyEdit = Op[CompanyEditInput, Company]{
	ID: "company-edit", Method: "PATCH", Path: "/v1/companies/{company}",
	Summary: "Edit a company", Scope: ScopeCompanyWrite, Command: "company edit",
}

// CompanyImport creates or updates up to 1,000 companies, each atomically.
var CompanyImport = Op[CompanyImportInput, CompanyImportResult]{
	ID: "company-import", Method: "POST", Path: "/v1/companies/import",
	Summary: "Import companies", Scope: ScopeCompanyWrite, Command: "company import",
}
