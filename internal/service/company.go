package service

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// CompanyChange is details of a company; nil leaves one as it is.
type CompanyChange struct {
	Name, AlternateName, Domain, Email, Phone, Country *string
	Address, PostalCode, City, VATID, Note, Language   *string
	SetupAssistant                                     *bool
}

// CompanyQuery chooses companies; empty fields choose nothing out.
type CompanyQuery struct{ Search, Domain, Email, Country string }

func (q CompanyQuery) filter(c Caller) store.CompanyFilter {
	return store.CompanyFilter{
		Resellers: c.Visible, Search: q.Search, Domain: q.Domain, Email: q.Email, Country: strings.ToUpper(q.Country),
	}
}

// CreateCompany adds a company of the caller. It fails with already_exists where
// the caller has one with the domain.
func (s *Service) CreateCompany(ctx context.Context, c Caller, in CompanyChange) (licensing.Company, error) {
	return write(ctx, s, c, "company-create", in, func(tx *store.Tx) (licensing.Company, error) {
		return s.createCompany(ctx, tx, c, in)
	})
}

func (s *Service) createCompany(ctx context.Context, tx *store.Tx, c Caller, in CompanyChange) (licensing.Company, error) {
	now := licensing.At(s.now())
	company := licensing.Company{ID: s.newID(prefixCompany), ResellerID: c.Reseller.ID, Version: 1, CreatedAt: now, UpdatedAt: now}
	in.apply(&company)
	if err := checkCompany(company); err != nil {
		return company, err
	}
	if err := tx.InsertCompany(ctx, company); err != nil {
		return company, companyExists(err, company)
	}
	return company, s.record(ctx, tx, c, "company.created", company.ID, nil, company)
}

// Companies lists companies, newest first.
func (s *Service) Companies(ctx context.Context, c Caller, q CompanyQuery, p Page) (Listing[licensing.Company], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.Company], error) {
		return list(c, "companies", q, p, func(x licensing.Company) string { return x.ID }, func(p store.Page) ([]licensing.Company, error) {
			return tx.Companies(ctx, q.filter(c), p)
		})
	})
}

// Company gives a company by id, domain or exact name. It fails with not_found, or
// with ambiguous_reference where several have the name.
func (s *Service) Company(ctx context.Context, c Caller, ref string) (licensing.Company, error) {
	return view(ctx, s, func(tx *store.Tx) (licensing.Company, error) { return findCompany(ctx, tx, c, ref) })
}

func findCompany(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.Company, error) {
	matches, err := tx.CompaniesNamed(ctx, c.Visible, ref)
	if err != nil {
		return licensing.Company{}, err
	}
	switch len(matches) {
	case 0:
		return licensing.Company{}, noCompany(ctx, tx, c, ref)
	case 1:
		return matches[0], nil
	}
	return licensing.Company{}, licensing.Errorf(licensing.CodeAmbiguous, "several companies have this name").About(named("company", ref)).
		WithHint("name it by its id or domain, such as %s or %s", matches[0].ID, matches[1].ID)
}

// findCompanyID is findCompany for filters: nothing asked for gives "".
func findCompanyID(ctx context.Context, tx *store.Tx, c Caller, ref string) (string, error) {
	if ref == "" {
		return "", nil
	}
	company, err := findCompany(ctx, tx, c, ref)
	return company.ID, err
}

// EditCompany changes details of a company of the caller. A version other than the
// current one fails with version_conflict; 0 is any.
func (s *Service) EditCompany(ctx context.Context, c Caller, ref string, version int64, in CompanyChange) (licensing.Company, error) {
	input := struct {
		Ref     string
		Version int64
		In      CompanyChange
	}{ref, version, in}
	return write(ctx, s, c, "company-edit", input, func(tx *store.Tx) (licensing.Company, error) {
		company, err := ownCompany(ctx, tx, c, ref)
		if err != nil {
			return company, err
		}
		if company, err = tx.CompanyForUpdate(ctx, company.ID); err != nil {
			return company, err
		}
		if err := checkVersion("company", version, company.Version, company.UpdatedAt); err != nil {
			return company, err
		}
		return s.changeCompany(ctx, tx, c, company, in)
	})
}

func (s *Service) changeCompany(ctx context.Context, tx *store.Tx, c Caller, company licensing.Company, in CompanyChange) (licensing.Company, error) {
	before := company
	in.apply(&company)
	if company == before {
		return company, nil
	}
	if err := checkCompany(company); err != nil {
		return company, err
	}
	company.Version++
	company.UpdatedAt = licensing.At(s.now())
	if err := tx.UpdateCompany(ctx, company); err != nil {
		return company, companyExists(err, company)
	}
	return company, s.record(ctx, tx, c, "company.edited", company.ID, before, company)
}

func companyExists(err error, company licensing.Company) error {
	if errors.Is(err, store.ErrExists) {
		return licensing.Errorf(licensing.CodeAlreadyExists, "a company with the domain %s exists", company.Domain).
			WithHint("edit that one instead").Because(err)
	}
	return err
}

func (in CompanyChange) apply(company *licensing.Company) {
	set := func(to *string, from *string) {
		if from != nil {
			*to = *from
		}
	}
	set(&company.Name, in.Name)
	set(&company.AlternateName, in.AlternateName)
	set(&company.Email, in.Email)
	set(&company.Phone, in.Phone)
	set(&company.Address, in.Address)
	set(&company.PostalCode, in.PostalCode)
	set(&company.City, in.City)
	set(&company.VATID, in.VATID)
	set(&company.Note, in.Note)
	set(&company.Language, in.Language)
	if in.Domain != nil {
		company.Domain = licensing.Ref(*in.Domain)
	}
	if in.Country != nil {
		company.Country = strings.ToUpper(*in.Country)
	}
	if in.SetupAssistant != nil {
		company.SetupAssistant = *in.SetupAssistant
	}
}

func checkCompany(company licensing.Company) error {
	for field, text := range map[string]string{
		"name": company.Name, "alternate_name": company.AlternateName, "phone": company.Phone, "postal_code": company.PostalCode,
		"city": company.City, "vat_id": company.VATID,
	} {
		if err := checkLine(field, text); err != nil {
			return err
		}
	}
	switch {
	case strings.TrimSpace(company.Name) == "":
		return licensing.Invalid("name", "is missing")
	case strings.ContainsFunc(string(company.Domain), notInDomain):
		return licensing.Invalid("domain", "is not a domain such as example.com")
	}
	if err := checkCountry(company.Country); err != nil {
		return err
	}
	if err := checkLanguage(company.Language); err != nil {
		return err
	}
	if company.Email != "" {
		return checkEmail(company.Email)
	}
	return nil
}

// checkCountry refuses what is neither empty nor an ISO 3166-1 alpha-2 code.
func checkCountry(code string) error {
	if code != "" && (len(code) != 2 || strings.ContainsFunc(code, notCapital)) {
		return licensing.Invalid("country", "is not a two-letter ISO 3166-1 code such as DE")
	}
	return nil
}

// checkLanguage refuses what is neither empty nor a BCP 47 tag.
func checkLanguage(tag string) error {
	if _, err := language.Parse(tag); tag != "" && err != nil {
		return licensing.Invalid("language", "is not a language tag such as de or pt-BR")
	}
	return nil
}

func notInDomain(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("@/:,;\"'<>", r)
}

func notCapital(r rune) bool { return r < 'A' || r > 'Z' }
