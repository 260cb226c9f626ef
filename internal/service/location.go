package service

import (
	"context"
	"errors"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// NewLocation describes a location of a company.
type NewLocation struct{ Name, Address, PostalCode, City, Country string }

// AddLocation adds a location to a company of the caller. It fails with not_found,
// read_only, invalid_request, or already_exists where the company has one of the name.
func (s *Service) AddLocation(ctx context.Context, c Caller, company string, in NewLocation) (licensing.Location, error) {
	input := struct {
		Company string
		In      NewLocation
	}{company, in}
	return write(ctx, s, c, "location-add", input, func(tx *store.Tx) (licensing.Location, error) {
		owner, err := ownCompany(ctx, tx, c, company)
		if err != nil {
			return licensing.Location{}, err
		}
		location := licensing.Location{
			ID: s.newID(prefixLocation), CompanyID: owner.ID, Name: strings.TrimSpace(in.Name), Address: in.Address,
			PostalCode: in.PostalCode, City: in.City, Country: strings.ToUpper(in.Country), CreatedAt: licensing.At(s.now()),
		}
		if location.Country == "" {
			location.Country = owner.Country
		}
		if err := checkLocation(location); err != nil {
			return location, err
		}
		if err := tx.InsertLocation(ctx, location); err != nil {
			if errors.Is(err, store.ErrExists) {
				return location, licensing.Errorf(licensing.CodeAlreadyExists, "the company has a location named %q", location.Name).
					WithHint("choose another name").Because(err)
			}
			return location, err
		}
		return location, s.record(ctx, tx, c, "location.added", location.ID, nil, location)
	})
}

func checkLocation(l licensing.Location) error {
	for field, text := range map[string]string{"name": l.Name, "address": l.Address, "postal_code": l.PostalCode, "city": l.City} {
		if err := checkLine(field, text); err != nil {
			return err
		}
	}
	if l.Name == "" {
		return licensing.Invalid("name", "is missing")
	}
	return checkCountry(l.Country)
}

// Locations lists the locations of a company, newest first.
func (s *Service) Locations(ctx context.Context, c Caller, company string, p Page) (Listing[licensing.Location], error) {
	return view(ctx, s, func(tx *store.Tx) (Listing[licensing.Location], error) {
		owner, err := findCompany(ctx, tx, c, company)
		if err != nil {
			return Listing[licensing.Location]{}, err
		}
		return list(c, "locations", owner.ID, p, func(x licensing.Location) string { return x.ID }, func(p store.Page) ([]licensing.Location, error) {
			return tx.Locations(ctx, owner.ID, p)
		})
	})
}

// RemoveLocation removes a location, by id or name. It fails with not_found or read_only.
func (s *Service) RemoveLocation(ctx context.Context, c Caller, company, ref string) (licensing.Location, error) {
	return write(ctx, s, c, "location-remove", []string{company, ref}, func(tx *store.Tx) (licensing.Location, error) {
		owner, err := ownCompany(ctx, tx, c, company)
		if err != nil {
			return licensing.Location{}, err
		}
		location, err := tx.DeleteLocation(ctx, owner.ID, ref)
		if location, err = found(location, err, named("location", ref)); err != nil {
			return location, err
		}
		return location, s.record(ctx, tx, c, "location.removed", location.ID, location, nil)
	})
}

// ownCompany finds a company that the caller may change.
func ownCompany(ctx context.Context, tx *store.Tx, c Caller, ref string) (licensing.Company, error) {
	company, err := findCompany(ctx, tx, c, ref)
	if err != nil {
		return company, err
	}
	return company, c.owns(company.ResellerID, "company")
}
