package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) companyCreate(ctx context.Context, c service.Caller, in *api.CompanyCreateInput) (api.Company, error) {
	company, err := s.service.CreateCompany(ctx, c, companyChange(in.Body))
	return wireCompany(company), err
}

func (s *Server) companyList(ctx context.Context, c service.Caller, in *api.CompanyListInput) (api.List[api.Company], error) {
	rows, err := s.service.Companies(ctx, c, service.CompanyQuery(in.CompanyFilter), page(in.Page))
	return listing(rows, err, wireCompany)
}

func (s *Server) companyView(ctx context.Context, c service.Caller, in *api.CompanyViewInput) (api.Company, error) {
	company, err := s.service.Company(ctx, c, in.Company)
	return wireCompany(company), err
}

func (s *Server) companyEdit(ctx context.Context, c service.Caller, in *api.CompanyEditInput) (api.Company, error) {
	version, err := versionOf(in.IfMatch, "a company")
	if err != nil {
		return api.Company{}, err
	}
	company, err := s.service.EditCompany(ctx, c, in.Company, version, companyChange(in.Body))
	return wireCompany(company), err
}

func (s *Server) companyImport(ctx context.Context, c service.Caller, in *api.CompanyImportInput) (api.CompanyImportResult, error) {
	rows, err := s.service.ImportCompanies(ctx, c, service.CompanyImport{
		Companies: mapped(in.Body.Companies, companyChange), Update: in.Body.Update, DryRun: in.Body.DryRun,
	})
	return api.CompanyImportResult{Results: mapped(rows, func(r service.ImportRow) api.CompanyImportRow {
		return api.CompanyImportRow{ID: r.ID, Status: string(r.Status), Code: string(r.Code), Message: r.Message}
	})}, err
}

func companyChange(f api.CompanyFields) service.CompanyChange {
	return service.CompanyChange{
		Name: f.Name, AlternateName: f.AlternateName, Domain: f.Domain, Email: f.Email, Phone: f.Phone, Country: f.Country,
		Address: f.Address, PostalCode: f.PostalCode, City: f.City, VATID: f.VATID, Note: f.Note, Language: f.Language, SetupAssistant: f.SetupAssistant,
	}
}

func wireCompany(c licensing.Company) api.Company {
	return api.Company{
		ID: c.ID, Name: c.Name, AlternateName: c.AlternateName, Domain: string(c.Domain), Email: c.Email, Phone: c.Phone,
		Country: c.Country, Address: c.Address, PostalCode: c.PostalCode, City: c.City, VATID: c.VATID, Note: c.Note,
		Language: c.Language, SetupAssistant: c.SetupAssistant, Version: c.Version, CreatedAt: c.CreatedAt.String(), UpdatedAt: c.UpdatedAt.String(),
	}
}
