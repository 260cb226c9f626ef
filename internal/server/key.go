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
	return api.KeyGenerateResult{
		LicenseID: batch.LicenseID, Count: batch.Count, FirstID: batch.FirstID, LastID: batch.LastID, Keys: mapped(batch.Keys, wireKey),
	}, err
}

func (s *Server) keyList(ctx context.Context, c service.Caller, in *api.KeyListInput) (api.List[api.Key], error) {
	rows, err := s.service.Keys(ctx, c, service.KeyQuery(in.KeyFilter), page(in.Page))
	return listing(rows, err, wireKey)
}

func (s *Server) keyView(ctx context.Context, c service.Caller, in *api.KeyViewInput) (api.Key, error) {
	key, err := s.service.Key(ctx, c, in.Key)
	return wireKey(key), err
}

func wireKey(k licensing.Key) api.Key {
	return api.Key{ID: k.ID, Code: k.Code, Name: k.Name, LicenseID: string(k.LicenseID), Seats: k.Seats, CreatedAt: k.CreatedAt.String()}
}
