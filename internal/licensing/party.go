package licensing

import (
	"database/sql/driver"
	"encoding/json"
	"net/mail"
)

// Party is who sells or buys, as an invoice keeps it for ever.
type Party struct {
	Name       string `json:"name"`
	Address    string `json:"address,omitempty"`
	PostalCode string `json:"postal_code,omitempty"`
	City       string `json:"city,omitempty"`
	Country    string `json:"country,omitempty"`
	VATID      string `json:"vat_id,omitempty"`
	Email      string `json:"email,omitempty"`
}

// Party is the vendor as it sells to resellers.
func (v Vendor) Party() Party {
	p := Party{Name: v.Name, Address: v.Address, PostalCode: v.PostalCode, City: v.City, Country: v.Country, VATID: v.VATID, Email: v.MailFrom}
	if from, err := mail.ParseAddress(v.MailFrom); err == nil {
		p.Email = from.Address // a sender may have a name before it
	}
	return p
}

// Party is the reseller as it sells to companies, and buys from the vendor.
func (r Reseller) Party() Party {
	return Party{Name: r.Name, Address: r.Address, PostalCode: r.PostalCode, City: r.City, Country: r.Country, VATID: r.VATID, Email: r.Email}
}

// Party is the company as it buys from a reseller.
func (c Company) Party() Party {
	return Party{Name: c.Name, Address: c.Address, PostalCode: c.PostalCode, City: c.City, Country: c.Country, VATID: c.VATID, Email: c.Email}
}

// Scan reads a party from a column of JSON.
func (p *Party) Scan(v any) error {
	s, err := scanText(v)
	*p = Party{}
	if err != nil || s == "" {
		return err
	}
	return json.Unmarshal([]byte(s), p)
}

// Value writes a party to a column of JSON.
func (p Party) Value() (driver.Value, error) {
	text, err := json.Marshal(p)
	return string(text), err
}
