package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) keyGenerate(ctx context.Context, c service.Caller, in *api.KeyGenerateInput) (api.KeyGenerateResult, error) {
	b := in.Body
	batch, err := s.service.GenerateKeys(ctx, c, service.KeyOrder{
		License: b.License, Count: max(1, b.Count), Name: b.Name, Seats: max(1, b.Seats), Key: b.Key,
	})
	wire := s.wireKey(c)
	return api.KeyGenerateResult{
		LicenseID: batch.License.ID, Count: batch.Count, FirstID: batch.FirstID, LastID: batch.LastID,
		Keys: mapped(batch.Keys, func(k licensing.Key) api.Key {
			details := service.KeyDetails{Key: k}
			if k.LicenseID != "" {
				details.Licenses = []licensing.License{batch.License}
			}
			return wire(details)
		}),
	}, err
}

func (s *Server) keyList(ctx context.Context, c service.Caller, in *api.KeyListInput) (api.List[api.Key], error) {
	rows, err := s.service.Keys(ctx, c, service.KeyQuery(in.KeyFilter), page(in.Page))
	return listing(rows, err, s.wireKey(c))
}

func (s *Server) keyView(ctx context.Context, c service.Caller, in *api.KeyViewInput) (api.Key, error) {
	key, err := s.service.Key(ctx, c, in.Key)
	return s.wireKey(c)(key), err
}

func (s *Server) keyAssign(ctx context.Context, c service.Caller, in *api.KeyAssignInput) (api.Key, error) {
	key, err := s.service.AssignKey(ctx, c, service.KeyAssignment{Key: in.Key, Licenses: in.Body.Licenses})
	return s.wireKey(c)(key), err
}

func (s *Server) keyCheck(ctx context.Context, c service.Caller, in *api.KeyCheckInput) (api.Code, error) {
	known, err := s.service.CheckCode(ctx, c, in.Code)
	if err != nil {
		return api.Code{}, err
	}
	out := api.Code{Code: known.Code, Kind: string(known.Kind), CheckCharacter: known.HasCheck}
	if known.Kind == service.CodeCoupon {
		license := s.wireLicense(c)(known.License)
		out.ID, out.Name, out.AllowedActions = license.ID, license.Name, license.AllowedActions
		out.Licenses = []api.LicenseRef{s.wireLicenseRef(c)(known.License)}
		return out, nil
	}
	key := s.wireKey(c)(known.Key)
	out.ID, out.Name, out.Licenses, out.AllowedActions = key.ID, key.Name, key.Licenses, key.AllowedActions
	return out, nil
}

// wireKey maps a key as it is on the vendor's date now.
func (s *Server) wireKey(c service.Caller) func(service.KeyDetails) api.Key {
	today, wire := s.service.Today(c), s.wireLicenseRef(c)
	return func(k service.KeyDetails) api.Key {
		return api.Key{
			ID: k.ID, Code: k.Code, Name: k.Name, LicenseID: string(k.LicenseID), Licenses: mapped(k.Licenses, wire),
			Seats: k.Seats, Devices: k.Devices, CreatedAt: k.CreatedAt.String(),
			AllowedActions: actions(k.AllowedActions(k.Licenses, today)),
		}
	}
}
