package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// SetAutoRenew switches the renewal of a license on or off; one that is switched so
// already is left alone. It fails with not_found, read_only or license_not_renewable.
func (s *Service) SetAutoRenew(ctx context.Context, c Caller, ref string, on bool) (licensing.License, error) {
	input := struct {
		Ref string
		On  bool
	}{ref, on}
	return write(ctx, s, c, "license-auto-renew", input, func(tx *store.Tx) (licensing.License, error) {
		license, err := lockLicense(ctx, tx, c, ref)
		if err != nil || license.AutoRenew == on {
			return license, err
		}
		event := "license.auto_renew_off"
		if on {
			if err := s.refuse(c, license, license.CheckRenewable(s.today(c))); err != nil {
				return license, err
			}
			event = "license.auto_renew_on"
		}
		before := license
		license.AutoRenew, license.RenewalFailedOn = on, licensing.Date{}
		return s.saveLicense(ctx, tx, c, event, before, license)
	})
}
