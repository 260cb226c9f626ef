package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) locationAdd(ctx context.Context, c service.Caller, in *api.LocationAddInput) (api.Location, error) {
	location, err := s.service.AddLocation(ctx, c, in.Company, service.NewLocation(in.Body))
	return wireLocation(location), err
}

func (s *Server) locationList(ctx context.Context, c service.Caller, in *api.LocationListInput) (api.List[api.Location], error) {
	rows, err := s.service.Locations(ctx, c, in.Company, page(in.Page))
	return listing(rows, err, wireLocation)
}

func (s *Server) locationRemove(ctx context.Context, c service.Caller, in *api.LocationRemoveInput) (api.Location, error) {
	location, err := s.service.RemoveLocation(ctx, c, in.Company, in.Location)
	return wireLocation(location), err
}

func wireLocation(l licensing.Location) api.Location {
	return api.Location{
		ID: l.ID, CompanyID: l.CompanyID, Name: l.Name, Address: l.Address, PostalCode: l.PostalCode, City: l.City,
		Country: l.Country, CreatedAt: l.CreatedAt.String(),
	}
}
