package service

import (
	"github.com/resell-cli/resell/internal/licensing"
)

// Catalog is what a vendor sells, to whom, and under which contracts.
type Catalog struct {
	Vendor    CatalogVendor     `json:"vendor"`
	Products  []CatalogProduct  `json:"products,omitempty"`
	Resellers []CatalogReseller `json:"resellers,omitempty"`
}

// CatalogVendor is the vendor itself.
type CatalogVendor struct {
	Name       string `json:"name"`
	TimeZone   string `json:"time_zone,omitempty"` // IANA name; UTC when left out
	MailFrom   string `json:"mail_from"`
	Address    string `json:"address,omitempty"`
	PostalCode string `json:"postal_code,omitempty"`
	City       string `json:"city,omitempty"`
	Country    string `json:"country,omitempty"` // ISO 3166-1 alpha-2
	VATID      string `json:"vat_id,omitempty"`
	TaxRate    int64  `json:"tax_rate,omitempty"` // of its invoices to resellers, hundredths of a percent
}

// PriceList is unit prices in minor units: by currency or SKU, then interval.
type PriceList = map[string]map[licensing.Interval]int64

// CatalogProduct is a product with its list prices.
type CatalogProduct struct {
	SKU               string                `json:"sku"`
	Name              string                `json:"name"`
	Kind              licensing.ProductKind `json:"kind"`
	Metric            string                `json:"metric"`
	Family            string                `json:"family,omitempty"`  // products of one family are each other's editions
	Edition           string                `json:"edition,omitempty"` // within the family
	Terms             []string              `json:"terms"`
	CalendarProration string                `json:"calendar_proration,omitempty"` // none when left out
	RefundDays        int64                 `json:"refund_days,omitempty"`
	Prices            PriceList             `json:"prices,omitempty"` // by currency
}

// CatalogReseller is a tenant with its contracts.
type CatalogReseller struct {
	Login     string            `json:"login"`
	Name      string            `json:"name"`
	Email     string            `json:"email,omitempty"`
	Accounts  []CatalogAccount  `json:"accounts,omitempty"`
	Credits   map[string]int64  `json:"credits,omitempty"` // by SKU, granted once, when the reseller has had none of the product
	Contracts []CatalogContract `json:"contracts,omitempty"`
}

// CatalogAccount is a reseller's account in a currency, in minor units. Deposit is
// paid in once, when the account is opened.
type CatalogAccount struct {
	Currency    string `json:"currency"`
	Deposit     int64  `json:"deposit,omitempty"`
	CreditLimit int64  `json:"credit_limit,omitempty"`
}

// CatalogContract is a contract with its unit prices: it sells what has one.
type CatalogContract struct {
	Number      string         `json:"number"`
	Name        string         `json:"name,omitempty"`
	Conditions  string         `json:"conditions,omitempty"`
	Currency    string         `json:"currency"`
	Payments    []string       `json:"payments,omitempty"` // ways to pay under it
	Distributor string         `json:"distributor,omitempty"`
	StartsOn    licensing.Date `json:"starts_on"`
	EndsOn      licensing.Date `json:"ends_on,omitzero"`
	Closed      bool           `json:"closed,omitempty"`
	Prices      PriceList      `json:"prices,omitempty"` // by SKU
}
