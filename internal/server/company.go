package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) companyCreate(ctx context.Context, c service.Caller, in *api.CompanyCreateInput) (api.Company, error) {
	company, err := s.service.CreateCompany(ctx, c, companyChange(in.Body))
	return wireCompany(c)(company), err
}

func (s *Server) companyList(ctx context.Context, c service.Caller, in *api.CompanyListInput) (api.List[api.Company], error) {
	rows, err := s.service.Companies(ctx, c, service.CompanyQuery(in.CompanyFilter), page(in.Page))
	return listing(rows, err, wireCompany(c))
}

func (s *Server) companyView(ctx context.Context, c service.Caller, in *api.CompanyViewInput) (api.Company, error) {
	company, err := s.service.Company(ctx, c, in.Company)
	return wireCompany(c)(company), err
}

func (s *Server) companyEdit(ctx context.Context, c service.Caller, in *api.CompanyEditInput) (api.Company, error) {
	version, err := versionOf(in.IfMatch, "a company")
	if err != nil {
		return api.Company{}, err
	}
	c.DryRun = in.DryRun
	company, err := s.service.EditCompany(ctx, c, in.Company, version, companyChange(in.Body))
	return wireCompany(c)(company), err
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

func wireCompany(c service.Caller) func(licensing.Company) api.Company {
	return func(x licensing.Company) api.Company {
		return api.Company{
			ID: x.ID, Reseller: c.LoginOf(x.ResellerID), Name: x.Name, AlternateName: x.AlternateName, Domain: string(x.Domain), Email: x.Email,
			Phone: x.Phone, Country: x.Country, Address: x.Address, PostalCode: x.PostalCode, City: x.City, VATID: x.VATID, Note: x.Note,
			Language: x.Language, SetupAssistant: x.SetupAssistant, Version: x.Version, CreatedAt: x.CreatedAt.String(), UpdatedAt: x.UpdatedAt.String(),
		}
	}
}
