package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) activationCreate(ctx context.Context, c service.Caller, in *api.ActivationCreateInput) (api.Activation, error) {
	standing, err := s.service.ActivateByCode(ctx, c, service.CodeUse{Code: in.Body.Code, Serial: in.Body.Serial, Name: in.Body.Name})
	return wireStanding(standing), err
}

func (s *Server) activationDeactivate(ctx context.Context, c service.Caller, in *api.ActivationDeactivateInput) (api.Activation, error) {
	standing, err := s.service.DeactivateByCode(ctx, c, service.CodeUse{Code: in.Body.Code, Serial: in.Body.Serial})
	return wireStanding(standing), err
}

func (s *Server) activationCheck(ctx context.Context, c service.Caller, in *api.ActivationCheckInput) (api.Activation, error) {
	standing, err := s.service.CheckByCode(ctx, c, service.CodeUse{Code: in.Body.Code, Serial: in.Body.Serial})
	return wireStanding(standing), err
}

func wireStanding(x service.Standing) api.Activation {
	out := api.Activation{
		Valid: x.Valid(), Serial: x.Serial, Name: x.Device.Name, ActivatedAt: some(x.Device.ActivatedAt.String()),
		Licenses: mapped(x.Grants, func(g service.Grant) api.CodeLicense {
			return api.CodeLicense{
				Product: g.Product.SKU, ProductName: g.Product.Name, Edition: g.Product.Edition, Kind: string(g.Product.Kind), Metric: g.Product.Metric,
				Quantity: g.License.Quantity, State: string(g.State), StartsOn: g.License.StartsOn.String(),
				EndsOn: some(g.License.EndsOn.String()), Valid: g.Valid,
			}
		}),
	}
	switch {
	case out.Valid:
	case x.Device.ID == "":
		out.Reason = string(licensing.CodeDeviceUnknown)
	default:
		out.Reason = string(licensing.CodeLicenseNotUsable)
	}
	return out
}
