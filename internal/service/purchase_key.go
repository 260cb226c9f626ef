package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// keyToUnlock finds the key that is to unlock a purchase, and refuses one that cannot:
// with not_found, read_only, license_not_assignable or seats_exceed_quantity.
func (s *Service) keyToUnlock(ctx context.Context, tx *store.Tx, c Caller, ref string, deal Deal) (string, error) {
	if ref == "" {
		return "", nil
	}
	key, err := findKey(ctx, tx, c, ref)
	if err == nil {
		err = c.owns(key.ResellerID, "key")
	}
	if err != nil {
		return "", err
	}
	details, err := keyDetails(ctx, tx, key)
	if err != nil {
		return "", err
	}
	if err := key.CheckAssign(licensing.License{ID: "what is bought", CompanyID: licensing.Ref(deal.Company.ID)}, details.Licenses); err != nil {
		return "", err
	}
	if key.Seats > deal.Quantity {
		return "", licensing.Errorf(licensing.CodeSeatsExceeded, "the key has %d seats, and %d are bought", key.Seats, deal.Quantity).
			WithHint("buy as many as the key has seats, or more")
	}
	return key.ID, nil
}

// unlock lets a key unlock licenses that were bought in this transaction, where a key was
// named, and gives them with the seats that the key takes.
func (s *Service) unlock(ctx context.Context, tx *store.Tx, c Caller, key string, licenses ...licensing.License) ([]licensing.License, error) {
	if key == "" || len(licenses) == 0 {
		return licenses, nil
	}
	details, err := s.assignKey(ctx, tx, c, key, licenses)
	if err != nil {
		return nil, err
	}
	return details.Licenses[len(details.Licenses)-len(licenses):], nil
}

func (s *Service) unlockBought(ctx context.Context, tx *store.Tx, c Caller, key string, license *licensing.License) error {
	unlocked, err := s.unlock(ctx, tx, c, key, *license)
	if err == nil {
		*license = unlocked[0]
	}
	return err
}
