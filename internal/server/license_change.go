package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) licenseEdit(ctx context.Context, c service.Caller, in *api.LicenseEditInput) (api.License, error) {
	version, err := versionOf(in.IfMatch, "a license")
	if err != nil {
		return api.License{}, err
	}
	c.DryRun = in.DryRun
	license, err := s.service.EditLicense(ctx, c, in.License, version, service.LicenseChange(in.Body))
	return s.wireLicense(c)(license), err
}

func (s *Server) licenseDelete(ctx context.Context, c service.Caller, in *api.LicenseActionInput) (api.License, error) {
	license, err := s.service.DeleteLicense(ctx, c, in.License)
	return s.wireLicense(c)(license), err
}

func (s *Server) licenseAutoRenew(ctx context.Context, c service.Caller, in *api.LicenseAutoRenewInput) (api.License, error) {
	license, err := s.service.SetAutoRenew(ctx, c, in.License, in.Body.Enabled)
	return s.wireLicense(c)(license), err
}
