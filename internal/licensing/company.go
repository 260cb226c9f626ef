package licensing

// Company is an end customer of a reseller.
type Company struct {
	ID             string `db:"id"`
	ResellerID     string `db:"reseller_id"`
	Name           string `db:"name"`
	AlternateName  string `db:"alternate_name"`
	Domain         Ref    `db:"domain"` // unique per reseller where given
	Email          string `db:"email"`
	Phone          string `db:"phone"`
	Country        string `db:"country"` // ISO 3166-1 alpha-2, or empty
	Address        string `db:"address"`
	PostalCode     string `db:"postal_code"`
	City           string `db:"city"`
	VATID          string `db:"vat_id"`
	Note           string `db:"note"`
	SetupAssistant bool   `db:"setup_assistant"` // must be completed before the environment can be used
	Language       string `db:"language"`        // BCP 47, of what is sent to it; empty is English
	Version        int64  `db:"version"`         // goes up by one with every change
	CreatedAt      Time   `db:"created_at"`
	UpdatedAt      Time   `db:"updated_at"`
	SearchText     string `db:"search_text"` // what search looks in; kept by the store
}

// Location is a place of a company.
type Location struct {
	ID         string `db:"id"`
	CompanyID  string `db:"company_id"`
	Name       string `db:"name"` // unique within the company
	Address    string `db:"address"`
	PostalCode string `db:"postal_code"`
	City       string `db:"city"`
	Country    string `db:"country"` // ISO 3166-1 alpha-2, or empty
	CreatedAt  Time   `db:"created_at"`
}
