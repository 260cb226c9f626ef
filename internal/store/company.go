package store

import (
	"context"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
)

// CompanyFilter chooses companies. Resellers must name at least one; empty fields
// choose nothing out.
type CompanyFilter struct {
	Resellers []string
	Search    string
	Domain    string
	Email     string
	Country   string
	IDs       []string // nil is all
}

func (f CompanyFilter) conditions() *conditions {
	var c conditions
	c.among("c.reseller_id", f.Resellers)
	c.equal("c.domain", f.Domain)
	c.equal("c.email", f.Email)
	c.equal("c.country", f.Country)
	if f.IDs != nil {
		c.among("c.id", f.IDs)
	}
	return &c
}

// finder finds companies by what they have.
func (f CompanyFilter) finder(d Dialect) finder[string] {
	n := newNeedle(f.Search)
	return finder[string]{
		table: "companies", alias: "c", key: "id", resellers: f.Resellers, conditions: f.conditions, needle: n,
		narrow: f.Domain != "" || f.Email != "",
		has:    func(c *conditions) string { return anyOf(c.like("c.search_text", n), c.id("c.id", n)) },
		ways: n.ways(d,
			wayTo(d, "companies", "id", n, f.Resellers),
			way{query: func(c *conditions) string {
				return selectAny("y.id", "companies y", c.id("y.id", n))
			}}),
	}
}

func selectCompany() string {
	return "SELECT " + columnsOf[licensing.Company]("c") + " FROM companies c"
}

// Companies lists companies, newest first.
func (tx *Tx) Companies(ctx context.Context, f CompanyFilter, p Page) ([]licensing.Company, error) {
	return listed(ctx, tx, f.finder(tx.dialect), p, func(rest string, args []any) ([]licensing.Company, error) {
		return selectAll[licensing.Company](ctx, tx, selectCompany()+rest, args...)
	})
}

// CompaniesNamed gives the companies of these resellers that ref means: by id,
// domain or exact name, or else by domain in any case, two at most. What the first reseller has goes
// before what only the others have.
func (tx *Tx) CompaniesNamed(ctx context.Context, resellers []string, ref string) ([]licensing.Company, error) {
	for _, by := range []struct{ column, value string }{
		{"c.id", ref}, {"c.domain", ref}, {"c.name", ref}, {"lower(c.domain)", strings.ToLower(ref)},
	} {
		var c conditions
		c.among("c.reseller_id", resellers)
		c.add(by.column+" = %s", by.value)
		found, err := selectAll[licensing.Company](ctx, tx, selectCompany()+c.nearest("c.reseller_id", resellers), c.args...)
		if err != nil {
			return nil, err
		}
		if chosen, err := one(found, func(c licensing.Company) bool { return c.ResellerID == resellers[0] }); err == nil {
			return chosen, nil
		}
		if len(found) > 0 {
			return found, nil
		}
	}
	return nil, nil
}

// Company gives a company by its id.
func (tx *Tx) Company(ctx context.Context, id string) (licensing.Company, error) {
	return get[licensing.Company](ctx, tx, selectCompany()+" WHERE c.id = $1", id)
}

// CompaniesByEmail gives the companies that a reseller knows by an e-mail address, in
// any case where none has it as it is written; a hundred at most.
func (tx *Tx) CompaniesByEmail(ctx context.Context, reseller, email string) ([]licensing.Company, error) {
	for _, by := range []struct{ column, value string }{{"c.email", email}, {"lower(c.email)", strings.ToLower(email)}} {
		found, err := selectAll[licensing.Company](ctx, tx,
			selectCompany()+" WHERE c.reseller_id = $1 AND "+by.column+" = $2 ORDER BY c.id LIMIT 100", reseller, by.value)
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	return nil, nil
}

// CompanyForUpdate gives a company by id and keeps others from changing it until
// the transaction ends.
func (tx *Tx) CompanyForUpdate(ctx context.Context, id string) (licensing.Company, error) {
	return get[licensing.Company](ctx, tx, selectCompany()+" WHERE c.id = $1"+tx.forUpdate("c"), id)
}

// CompanyByDomain gives a reseller's company by its domain.
func (tx *Tx) CompanyByDomain(ctx context.Context, reseller, domain string) (licensing.Company, error) {
	return get[licensing.Company](ctx, tx, selectCompany()+" WHERE c.reseller_id = $1 AND c.domain = $2"+tx.forUpdate("c"), reseller, domain)
}

// InsertCompany adds a company. It fails with ErrExists where the reseller has the domain.
func (tx *Tx) InsertCompany(ctx context.Context, c licensing.Company) error {
	c.SearchText = companySearchText(c)
	return insert(ctx, tx, "companies", c)
}

// UpdateCompany changes a company. It fails with ErrExists where the reseller has the domain.
func (tx *Tx) UpdateCompany(ctx context.Context, c licensing.Company) error {
	c.SearchText = companySearchText(c)
	return update(ctx, tx, "companies", c)
}

func companySearchText(c licensing.Company) string {
	return searchText(c.Name, c.AlternateName, string(c.Domain), c.Email, c.Phone, c.Country, c.Address, c.PostalCode, c.City, c.VATID, c.Note)
}
