package api

// Location is a place of a company.
type Location struct {
	ID         string `json:"id"`
	CompanyID  string `json:"company_id"`
	Name       string `json:"name" doc:"Unique within the company"`
	Address    string `json:"address"`
	PostalCode string `json:"postal_code"`
	City       string `json:"city"`
	Country    string `json:"country" doc:"ISO 3166-1 alpha-2"`
	CreatedAt  string `json:"created_at"`
}

// LocationFields describe a new location.
type LocationFields struct {
	Name       string `json:"name" minLength:"1" maxLength:"200"`
	Address    string `json:"address,omitempty" maxLength:"500"`
	PostalCode string `json:"postal_code,omitempty" maxLength:"50"`
	City       string `json:"city,omitempty" maxLength:"200"`
	Country    string `json:"country,omitempty" maxLength:"2" doc:"ISO 3166-1 alpha-2; that of the company when left out"`
}

// LocationAddInput is the input of LocationAdd.
type LocationAddInput struct {
	Write
	Company string `path:"company" doc:"Id, domain, or exact name"`
	Body    LocationFields
}

// LocationListInput is the input of LocationList.
type LocationListInput struct {
	Page
	Company string `path:"company" doc:"Id, domain, or exact name"`
}

// LocationRemoveInput is the input of LocationRemove.
type LocationRemoveInput struct {
	Write
	Company  string `path:"company" doc:"Id, domain, or exact name"`
	Location string `path:"location" doc:"Id or name"`
}

// LocationAdd adds a location to a company.
var LocationAdd = Op[LocationAddInput, Location]{
	ID: "location-add", Method: "POST", Path: "/v1/companies/{company}/locations", Status: 201,
	Summary: "Add a location", Scope: ScopeCompanyWrite, Command: "company location add",
}

// LocationList lists the locations of a company, newest first.
var LocationList = Op[LocationListInput, List[Location]]{
	ID: "location-list", Method: "GET", Path: "/v1/companies/{company}/locations",
	Summary: "List locations", Scope: ScopeCompanyRead, Command: "company location list",
}

// LocationRemove removes a location, and answers what it was.
var LocationRemove = Op[LocationRemoveInput, Location]{
	ID: "location-remove", Method: "POST", Path: "/v1/companies/{company}/locations/{location}/remove",
	Summary: "Remove a location", Scope: ScopeCompanyWrite, Command: "company location remove",
}
