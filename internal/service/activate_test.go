package service_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

type customer = service.CustomerActivation

func TestActivateLicense(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		assigned, stock, fresh := f.buyMany(f.main, f.acme.ID, 2), f.buyMany(f.main, "", 2), f.buyMany(f.main, "", 2)
		jobs := f.counts("river_job")[0]

		got, err := f.ActivateLicense(ctx, f.main, customer{License: assigned.Coupon, Email: "ACME@example.com"})
		require.NoError(t, err)
		require.Equal(t, licensing.StateActive, got.State(f.Today(f.main)))
		require.Equal(t, "acme@example.com", got.Email)

		got, err = f.ActivateLicense(ctx, f.main, customer{License: stock.ID, Email: "acme@example.com"})
		require.NoError(t, err)
		require.EqualValues(t, f.acme.ID, got.CompanyID, "stock is given to the customer")
		require.Equal(t, []string{"license.added", "license.assigned", "license.activated"}, kinds(f.events(stock.ID)))

		got, err = f.ActivateLicense(ctx, f.main, customer{License: fresh.ID, New: &service.CompanyChange{
			Name: new("New School"), Email: new("office@new.example"), Country: new("de"), Language: new("de"),
		}})
		require.NoError(t, err)
		kept, err := f.License(ctx, f.main, fresh.ID)
		require.NoError(t, err)
		got.SearchText = kept.SearchText
		require.Equal(t, got, kept)
		require.EqualValues(t, "New School", kept.CompanyName)
		require.Equal(t, jobs+3, f.counts("river_job")[0], "each customer is told")

		m, err := f.ActivatedMail(ctx, fresh.ID)
		require.NoError(t, err)
		require.Equal(t, []string{"office@new.example", "de", "Main Ltd", "Vendor"}, []string{m.Company.Email, m.Company.Language, m.Seller.Name, m.Vendor.Name})
	})
}

func TestActivateLicenseRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		second := f.company(f.main, "second")
		for _, name := range []string{"Twin 1", "Twin 2"} {
			_, err := f.CreateCompany(ctx, f.main, service.CompanyChange{Name: &name, Email: new("twin@example.com")})
			require.NoError(t, err)
		}
		stock, assigned, paused, done := f.buyMany(f.main, "", 2), f.buyMany(f.main, f.acme.ID, 2), f.buyMany(f.main, f.acme.ID, 2), f.buyMany(f.main, f.acme.ID, 2)
		expired := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "until:2026-11-22" })
		below, others := f.buyMany(f.sub, f.below.ID, 2), f.buyMany(f.stranger, f.other.ID, 2)
		_, err := f.PauseLicense(ctx, f.main, paused.ID)
		require.NoError(t, err)
		_, err = f.ActivateLicense(ctx, f.main, customer{License: done.ID, Email: "acme@example.com"})
		require.NoError(t, err)
		f.at(day(2026, 11, 22))
		fresh := func(name, email string) *service.CompanyChange {
			return &service.CompanyChange{Name: &name, Email: &email}
		}
		for name, test := range map[string]struct {
			code licensing.Code
			in   customer
		}{
			"for nobody":               {licensing.CodeInvalidRequest, customer{License: stock.ID}},
			"for two":                  {licensing.CodeInvalidRequest, customer{License: stock.ID, Email: "acme@example.com", New: fresh("A", "a@example.com")}},
			"an unknown customer":      {licensing.CodeCustomerUnknown, customer{License: stock.ID, Email: "none@example.com"}},
			"a stranger's customer":    {licensing.CodeCustomerUnknown, customer{License: stock.ID, Email: "other@example.com"}},
			"a sub-reseller's":         {licensing.CodeCustomerUnknown, customer{License: stock.ID, Email: "below@example.com"}},
			"one of two":               {licensing.CodeAmbiguous, customer{License: stock.ID, Email: "twin@example.com"}},
			"another than its own":     {licensing.CodeNotActivatable, customer{License: assigned.ID, Email: second.Email}},
			"a new one than its own":   {licensing.CodeNotActivatable, customer{License: assigned.ID, New: fresh("A", "a@example.com")}},
			"a new one that is known":  {licensing.CodeAlreadyExists, customer{License: stock.ID, New: fresh("A", "acme@example.com")}},
			"a new one without name":   {licensing.CodeInvalidRequest, customer{License: stock.ID, New: fresh("", "a@example.com")}},
			"a new one without e-mail": {licensing.CodeInvalidRequest, customer{License: stock.ID, New: fresh("A", "")}},
			"paused":                   {licensing.CodeNotActivatable, customer{License: paused.ID, Email: "acme@example.com"}},
			"over":                     {licensing.CodeNotActivatable, customer{License: expired.ID, Email: "acme@example.com"}},
			"activated":                {licensing.CodeNotActivatable, customer{License: done.ID, Email: "acme@example.com"}},
			"no license":               {licensing.CodeNotFound, customer{License: others.ID, Email: "acme@example.com"}},
			"a license of a sub":       {licensing.CodeReadOnly, customer{License: below.ID, Email: "acme@example.com"}},
		} {
			before := f.dump()
			caller, _ := keyed(f.main, "key")
			_, err := f.ActivateLicense(ctx, caller, test.in)
			requireCode(t, test.code, err, name)
			require.Equal(t, before, f.dump(), name)
		}
	})
}

func TestLinks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buyMany(f.main, "", 2)
		anyone, err := f.Anyone(ctx)
		require.NoError(t, err)
		caller, replayed := keyed(f.main, "link")
		link, err := f.CreateLink(ctx, caller, service.LinkOrder{License: license.Coupon, Email: "head@school.example", Days: 14})
		require.NoError(t, err)
		require.Regexp(t, `^[0-9A-HJKMNP-TV-Z]{26}$`, link.Secret)
		for table, rows := range f.dump() {
			require.NotContains(t, strings.Join(rows, "\n"), link.Secret, "%s keeps the secret", table)
		}
		again, err := f.CreateLink(ctx, caller, service.LinkOrder{License: license.Coupon, Email: "head@school.example", Days: 14})
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, link, again, "a repeat is answered with the same link")
		other, err := f.CreateLink(ctx, f.main, service.LinkOrder{License: license.ID, Days: 1})
		require.NoError(t, err)
		require.NotEqual(t, link.Secret, other.Secret)

		m, err := f.LinkMail(ctx, link.ID)
		require.NoError(t, err)
		require.Equal(t, link, m.LinkDetails, "the mail can be made whenever it is sent")
		p, err := f.OpenLink(ctx, anyone, link.Secret)
		require.NoError(t, err)
		require.Equal(t, []string{license.ID, "users", "Main Ltd"}, []string{p.License.ID, p.Product.Metric, p.Seller.Name})

		_, err = f.OpenLink(ctx, anyone, strings.ToLower(link.Secret))
		requireCode(t, licensing.CodeLinkUnknown, err)
		f.at(day(2026, 11, 23))
		_, err = f.OpenLink(ctx, anyone, other.Secret)
		requireCode(t, licensing.CodeLinkExpired, err)
		_, err = f.LinkMail(ctx, other.ID)
		require.ErrorIs(t, err, store.ErrNotFound, "nobody is sent what no longer works")

		revoked, err := f.RevokeLinks(ctx, f.main, license.ID)
		require.NoError(t, err)
		require.Len(t, revoked, 1, "one that has expired is over already")
		_, err = f.OpenLink(ctx, anyone, link.Secret)
		requireCode(t, licensing.CodeLinkRevoked, err)
		_, err = f.UseLink(ctx, anyone, link.Secret, customer{Email: f.acme.Email})
		requireCode(t, licensing.CodeLinkRevoked, err)
		_, err = f.RevokeLinks(ctx, f.main, license.ID)
		requireCode(t, licensing.CodeLinkUnknown, err)
		require.Equal(t, []string{"link.created", "link.revoked"}, kinds(f.events(link.ID)))

		for name, test := range map[string]struct {
			code licensing.Code
			in   service.LinkOrder
		}{
			"no days":       {licensing.CodeInvalidRequest, service.LinkOrder{License: license.ID}},
			"too many days": {licensing.CodeInvalidRequest, service.LinkOrder{License: license.ID, Days: 366}},
			"no address":    {licensing.CodeInvalidRequest, service.LinkOrder{License: license.ID, Days: 1, Email: "Ada <ada@example.com>"}},
			"no license":    {licensing.CodeNotFound, service.LinkOrder{License: "none", Days: 1}},
		} {
			_, err := f.CreateLink(ctx, f.main, test.in)
			requireCode(t, test.code, err, name)
		}
		_, err = f.ActivateLicense(ctx, f.main, customer{License: license.ID, Email: f.acme.Email})
		require.NoError(t, err)
		_, err = f.CreateLink(ctx, f.main, service.LinkOrder{License: license.ID, Days: 1})
		requireCode(t, licensing.CodeNotActivatable, err)
	})
}

func TestUseLink(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buyMany(f.main, "", 2)
		anyone, err := f.Anyone(ctx)
		require.NoError(t, err)
		link, err := f.CreateLink(ctx, f.main, service.LinkOrder{License: license.ID, Days: 30})
		require.NoError(t, err)

		first, replayed := keyed(anyone, "form")
		fresh := &service.CompanyChange{Name: new("New School"), Email: new("office@new.example")}
		used, err := f.UseLink(ctx, first, link.Secret, customer{New: fresh})
		require.NoError(t, err)
		require.Equal(t, "office@new.example", used.Email)
		again, err := f.UseLink(ctx, first, link.Secret, customer{New: fresh})
		require.NoError(t, err)
		require.True(t, *replayed, "the same form again has the same answer")
		require.Equal(t, used, again)
		_, err = f.UseLink(ctx, anyone, link.Secret, customer{Email: f.acme.Email})
		requireCode(t, licensing.CodeLinkUsed, err)
		_, err = f.OpenLink(ctx, anyone, link.Secret)
		requireCode(t, licensing.CodeLinkUsed, err)
		events := f.events(license.ID)
		require.Equal(t, "customer", events[len(events)-1].Actor)
		require.EqualValues(t, f.main.Reseller.ID, events[len(events)-1].ResellerID)

		// Whoever opens the link of a customer's license learns nothing of that customer.
		assigned := f.buyMany(f.main, f.acme.ID, 2)
		link, err = f.CreateLink(ctx, f.main, service.LinkOrder{License: assigned.ID, Days: 30})
		require.NoError(t, err)
		before := f.dump()
		_, err = f.UseLink(ctx, anyone, link.Secret, customer{Email: "office@new.example"})
		requireCode(t, licensing.CodeCustomerUnknown, err)
		_, unknown := f.UseLink(ctx, anyone, link.Secret, customer{Email: "nobody@example.com"})
		require.Equal(t, unknown, err, "a known address of another is like an unknown one")
		_, err = f.UseLink(ctx, anyone, link.Secret, customer{New: &service.CompanyChange{Name: new("B"), Email: new("b@example.com")}})
		requireCode(t, licensing.CodeAlreadyExists, err)
		require.Equal(t, before, f.dump(), "what was refused leaves the link as it was")
		_, err = f.UseLink(ctx, anyone, link.Secret, customer{Email: f.acme.Email})
		require.NoError(t, err)
	})
}

// Of several who use a link at once, or withdraw it, one succeeds, and there is one
// customer more at most.
func TestUseLinkAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buyMany(f.main, "", 2)
		anyone, err := f.Anyone(ctx)
		require.NoError(t, err)
		link, err := f.CreateLink(ctx, f.main, service.LinkOrder{License: license.ID, Days: 30})
		require.NoError(t, err)
		before := f.counts("companies", "river_job")
		var done, revoked atomic.Int64
		var group errgroup.Group
		for i := range 9 {
			group.Go(func() error {
				name, email := "School", "school"+string(rune('a'+i))+"@example.com"
				_, err := f.UseLink(ctx, anyone, link.Secret, customer{New: &service.CompanyChange{Name: &name, Email: &email}})
				switch licensing.CodeOf(err) {
				case licensing.CodeLinkUsed, licensing.CodeLinkRevoked:
					return nil
				}
				if err == nil {
					done.Add(1)
				}
				return err
			})
		}
		group.Go(func() error {
			_, err := f.RevokeLinks(ctx, f.main, license.ID)
			if err == nil {
				revoked.Add(1)
			} else if licensing.CodeOf(err) != licensing.CodeLinkUnknown {
				return err
			}
			return nil
		})
		require.NoError(t, group.Wait())
		require.EqualValues(t, 1, done.Load()+revoked.Load())
		after := f.counts("companies", "river_job")
		require.Equal(t, []int{before[0] + int(done.Load()), before[1] + int(done.Load())}, after)
	})
}

// A license is activated for one customer, by a link or by hand.
func TestActivateByLinkAndByHandAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buyMany(f.main, "", 2)
		second := f.company(f.main, "second")
		anyone, err := f.Anyone(ctx)
		require.NoError(t, err)
		link, err := f.CreateLink(ctx, f.main, service.LinkOrder{License: license.ID, Days: 30})
		require.NoError(t, err)
		var done atomic.Int64
		var group errgroup.Group
		for _, activate := range []func() error{
			func() error { _, err := f.UseLink(ctx, anyone, link.Secret, customer{Email: f.acme.Email}); return err },
			func() error {
				_, err := f.ActivateLicense(ctx, f.main, customer{License: license.ID, Email: second.Email})
				return err
			},
		} {
			group.Go(func() error {
				err := activate()
				if err == nil {
					done.Add(1)
				} else if licensing.CodeOf(err) != licensing.CodeNotActivatable {
					return err
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, 1, done.Load())
	})
}
