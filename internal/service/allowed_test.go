package service_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// What a license offers can be done; what it does not offer is refused, with why, and
// with what is offered instead.
func TestAllowedActions(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		f.at(day(2026, 11, 21))
		for name, obtain := range f.licensesInStates() {
			license := obtain()
			if name == "over" {
				f.at(day(2026, 11, 22))
			}
			allowed := license.AllowedActions(f.Today(f.main))
			for action, run := range f.actions() {
				target := obtain()
				before := f.dump()
				err := run(target)
				about := name + ": " + string(action)
				if slices.Contains(allowed, action) {
					require.NoError(t, err, about)
					continue
				}
				require.Error(t, err, about)
				var refusal *licensing.Error
				require.ErrorAs(t, err, &refusal, about)
				require.Equal(t, licensing.KindRefused, refusal.Code.Kind(), "%s: %v", about, err)
				require.NotEmpty(t, refusal.Detail, about)
				require.Equal(t, f.LicenseActions(f.main, target), refusal.Allowed, about)
				require.True(t, refusal.Hint != "" || len(refusal.Allowed) == 0, "%s: %v", about, err)
				if action != licensing.ActionAssignKey { // which makes a key to assign
					require.Equal(t, before, f.dump(), about)
				}
			}
			f.at(day(2026, 11, 21))
		}
	})
}

// What a sub-reseller has may be looked at by the reseller above it, and no more.
func TestAllowedBelow(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		license := f.buy(f.sub, f.below.ID, func(*service.Purchase) {})
		require.Contains(t, f.LicenseActions(f.sub, license), licensing.ActionInvoice)
		require.Empty(t, f.LicenseActions(f.main, license))
	})
}

// licensesInStates are ways to come by a license: a new one each time.
func (f *fixture) licensesInStates() map[string]func() licensing.License {
	ctx := f.t.Context()
	now := func(id string) licensing.License {
		license, err := f.License(ctx, f.main, id)
		require.NoError(f.t, err)
		return license
	}
	bought := func(change func(*service.Purchase)) licensing.License {
		return f.buy(f.main, f.acme.ID, func(in *service.Purchase) {
			in.Product, in.Quantity = "gift", 2
			if change != nil {
				change(in)
			}
		})
	}
	with := func(license licensing.License, serials ...string) licensing.License {
		for _, serial := range serials {
			f.activate(f.main, activation{License: license.ID, Serial: serial})
		}
		return now(license.ID)
	}
	return map[string]func() licensing.License{
		"stock":    func() licensing.License { return bought(func(in *service.Purchase) { in.Company = "" }) },
		"assigned": func() licensing.License { return bought(nil) },
		"active":   func() licensing.License { return with(bought(nil), "SN-1") },
		"full":     func() licensing.License { return with(bought(nil), "SN-1", "SN-2") },
		"perpetual": func() licensing.License {
			return with(bought(func(in *service.Purchase) { in.Term = "perpetual" }), "SN-1")
		},
		"paused": func() licensing.License {
			license := with(bought(nil), "SN-1")
			_, err := f.PauseLicense(ctx, f.main, license.ID)
			require.NoError(f.t, err)
			return now(license.ID)
		},
		"over": func() licensing.License {
			f.at(day(2026, 11, 21))
			license := bought(func(in *service.Purchase) { in.Term = "until:2026-11-22" })
			f.at(day(2026, 11, 22))
			return now(license.ID)
		},
		"deleted": func() licensing.License {
			license := bought(nil)
			_, err := f.DeleteLicense(ctx, f.main, license.ID)
			require.NoError(f.t, err)
			var gone licensing.License
			require.NoError(f.t, f.store.View(ctx, func(tx *store.Tx) error {
				gone, err = tx.License(ctx, license.ID)
				return err
			}))
			return gone
		},
	}
}

// actions carry each action out.
func (f *fixture) actions() map[licensing.Action]func(licensing.License) error {
	ctx := f.t.Context()
	return map[licensing.Action]func(licensing.License) error{
		licensing.ActionExtend: func(l licensing.License) error {
			_, err := f.Extend(ctx, f.main, service.Extension{License: l.ID, Term: "full:1"})
			return err
		},
		licensing.ActionUpgrade: func(l licensing.License) error {
			_, err := f.Upgrade(ctx, f.main, service.Upgrade{License: l.ID, Quantity: l.Quantity + 1})
			return err
		},
		licensing.ActionPause:  func(l licensing.License) error { _, err := f.PauseLicense(ctx, f.main, l.ID); return err },
		licensing.ActionResume: func(l licensing.License) error { _, err := f.ResumeLicense(ctx, f.main, l.ID); return err },
		licensing.ActionGenerateKey: func(l licensing.License) error {
			_, err := f.GenerateKeys(ctx, f.main, service.KeyOrder{License: l.ID, Count: 1, Seats: 1})
			return err
		},
		licensing.ActionAssignKey: func(l licensing.License) error {
			key := f.makeKey(f.main, "", 1)
			_, err := f.AssignKey(ctx, f.main, service.KeyAssignment{Key: key.ID, Licenses: []string{l.ID}})
			return err
		},
		licensing.ActionActivate: func(l licensing.License) error {
			_, err := f.ActivateLicense(ctx, f.main, customer{License: l.ID, Email: f.acme.Email})
			return err
		},
		licensing.ActionLink: func(l licensing.License) error {
			_, err := f.CreateLink(ctx, f.main, service.LinkOrder{License: l.ID, Days: 1})
			return err
		},
		licensing.ActionActivateDevice: func(l licensing.License) error {
			_, err := f.ActivateDevice(ctx, f.main, activation{License: l.ID, Serial: "SN-9"})
			return err
		},
		licensing.ActionFile: func(l licensing.License) error {
			_, err := f.SignLicenseFile(ctx, f.main, service.FileOrder{License: l.ID, Serial: "SN-1"})
			return err
		},
		licensing.ActionTransfer: func(l licensing.License) error {
			_, err := f.TransferDevice(ctx, f.main, service.Transfer{License: l.ID, FromSerial: "SN-1", ToSerial: "SN-8"})
			return err
		},
		licensing.ActionInvoice: func(l licensing.License) error {
			_, err := f.SendInvoices(ctx, f.main, service.Billing{Licenses: []string{l.ID}})
			return err
		},
		licensing.ActionEdit: func(l licensing.License) error {
			_, err := f.EditLicense(ctx, f.main, l.ID, 0, service.LicenseChange{Note: new("edited")})
			return err
		},
		licensing.ActionDelete: func(l licensing.License) error { _, err := f.DeleteLicense(ctx, f.main, l.ID); return err },
		licensing.ActionAssign: func(l licensing.License) error {
			_, err := f.AssignLicense(ctx, f.main, service.Assignment{License: l.ID, Company: f.acme.ID})
			return err
		},
	}
}
