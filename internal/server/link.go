package server

import (
	"cmp"
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) licenseLink(ctx context.Context, c service.Caller, in *api.LicenseLinkInput) (api.Link, error) {
	link, err := s.service.CreateLink(ctx, c, service.LinkOrder{
		License: in.License, Email: in.Body.Email, Days: cmp.Or(in.Body.Days, service.DefaultLinkDays),
	})
	out := wireLink(link.Link)
	out.URL = ActivationURL(s.publicURL, link.Secret)
	return out, err
}

func (s *Server) licenseLinkRevoke(ctx context.Context, c service.Caller, in *api.LicenseActionInput) (api.List[api.Link], error) {
	links, err := s.service.RevokeLinks(ctx, c, in.License)
	return api.List[api.Link]{Data: mapped(links, wireLink)}, err
}

func (s *Server) licenseActivate(ctx context.Context, c service.Caller, in *api.LicenseActivateInput) (api.License, error) {
	activation := service.CustomerActivation{License: in.License, Email: in.Body.Email}
	if in.Body.Company != nil {
		change := companyChange(*in.Body.Company)
		activation.New = &change
	}
	license, err := s.service.ActivateLicense(ctx, c, activation)
	return s.wireLicense(c)(license), err
}

func wireLink(k licensing.Link) api.Link {
	return api.Link{
		ID: k.ID, LicenseID: k.LicenseID, Email: k.Email, ExpiresAt: k.ExpiresAt.String(), UsedAt: some(k.UsedAt.String()),
		RevokedAt: some(k.RevokedAt.String()), CreatedAt: k.CreatedAt.String(),
	}
}
