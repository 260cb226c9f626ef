package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

type change = service.CompanyChange

func TestCompany(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		in := change{
			Name: new("Zürich AG"), AlternateName: new("ZAG"), Domain: new("Zurich.Example.COM"), Email: new("a@example.com"), Phone: new("1"),
			Country: new("ch"), Address: new("Weg 1"), PostalCode: new("8000"), City: new("Zürich"), VATID: new("CHE-1"), Note: new("n"), SetupAssistant: new(true),
		}
		got, err := f.CreateCompany(ctx, f.main, in)
		require.NoError(t, err)
		require.Equal(t, licensing.Company{
			ID: got.ID, ResellerID: f.main.Reseller.ID, Name: "Zürich AG", AlternateName: "ZAG", Domain: "Zurich.Example.COM", Email: "a@example.com", Phone: "1",
			Country: "CH", Address: "Weg 1", PostalCode: "8000", City: "Zürich", VATID: "CHE-1", Note: "n", SetupAssistant: true,
			Version: 1, CreatedAt: f.Now(), UpdatedAt: f.Now(),
		}, got)
		for _, ref := range []string{got.ID, "zurich.example.com", "ZURICH.example.com", "Zürich AG"} {
			kept, err := f.Company(ctx, f.main, ref)
			require.NoError(t, err)
			got.SearchText = kept.SearchText
			require.Equal(t, got, kept)
		}
		for q, want := range map[service.CompanyQuery]int{
			{Search: "ZURICH"}: 1, {Domain: "Zurich.Example.COM"}: 1, {Country: "ch"}: 1, {Email: "a@example.com"}: 1, {Email: "b@example.com"}: 0, {}: 3,
		} {
			page, err := f.Companies(ctx, f.main, q, service.Page{Limit: 10})
			require.NoError(t, err)
			require.Len(t, page.Rows, want, q)
		}

		f.at(day(2026, 11, 23))
		edited, err := f.EditCompany(ctx, f.main, "Zürich AG", 1, change{Name: new("Basel AG"), Domain: new(""), SetupAssistant: new(false)})
		require.NoError(t, err)
		require.Equal(t, []any{"Basel AG", licensing.Ref(""), false, int64(2), f.Now(), "CH"},
			[]any{edited.Name, edited.Domain, edited.SetupAssistant, edited.Version, edited.UpdatedAt, edited.Country})
		events := f.events(got.ID)
		require.Len(t, events, 2)
		require.Equal(t, "company.edited", events[1].Type)
		require.Contains(t, part(t, events[1], "before"), "Zürich AG")
		require.Contains(t, part(t, events[1], "after"), "Basel AG")
		same, err := f.EditCompany(ctx, f.main, got.ID, 0, change{Name: new("Basel AG")})
		require.NoError(t, err)
		require.EqualValues(t, 2, same.Version, "nothing changed")
		require.Len(t, f.events(got.ID), 2)
	})
}

func TestCompanyRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		for _, test := range []struct {
			code licensing.Code
			in   change
		}{
			{licensing.CodeInvalidRequest, change{}},
			{licensing.CodeInvalidRequest, change{Name: new("  ")}},
			{licensing.CodeInvalidRequest, change{Name: new("a\x00b")}},
			{licensing.CodeInvalidRequest, change{Name: new("a"), Domain: new("a b")}},
			{licensing.CodeInvalidRequest, change{Name: new("a"), Domain: new("https://a.example")}},
			{licensing.CodeInvalidRequest, change{Name: new("a"), Country: new("D")}},
			{licensing.CodeInvalidRequest, change{Name: new("a"), Country: new("ÄÖ")}},
			{licensing.CodeInvalidRequest, change{Name: new("a"), Email: new("nobody")}},
			{licensing.CodeInvalidRequest, change{Name: new("a"), Email: new("A <a@example.com>")}},
			{licensing.CodeInvalidRequest, change{Name: new("a"), Email: new("a@example.com\r\nBcc: b@example.com")}},
			{licensing.CodeAlreadyExists, change{Name: new("a"), Domain: new("acme.example.com")}},
		} {
			before := f.dump()
			_, err := f.CreateCompany(ctx, f.main, test.in)
			requireCode(t, test.code, err, test.in)
			require.Equal(t, before, f.dump())
			if test.in.Name != nil {
				second, err := f.Company(ctx, f.stranger, f.other.ID)
				require.NoError(t, err)
				if test.code == licensing.CodeAlreadyExists {
					continue // another reseller may have it
				}
				_, err = f.EditCompany(ctx, f.stranger, second.ID, 0, test.in)
				requireCode(t, test.code, err, test.in)
				require.Equal(t, before, f.dump())
			}
		}
		text, err := f.CreateCompany(ctx, f.main, change{Name: new(`a\u0000b`)}) // which is no NUL
		require.NoError(t, err)
		require.Equal(t, `a\u0000b`, text.Name)
		_, err = f.EditCompany(ctx, f.main, text.ID, 0, change{Domain: new("acme.example.com")})
		requireCode(t, licensing.CodeAlreadyExists, err)
		_, err = f.EditCompany(ctx, f.main, text.ID, 7, change{Name: new("b")})
		requireCode(t, licensing.CodeVersionConflict, err)
		_, err = f.EditCompany(ctx, f.main, "none", 0, change{})
		requireCode(t, licensing.CodeNotFound, err)
		_, err = f.CreateCompany(ctx, f.vendor, change{Name: new("a")})
		requireCode(t, licensing.CodeScopeMissing, err)
		_, err = f.CreateCompany(ctx, f.main, change{Name: new("acme")})
		require.NoError(t, err)
		_, err = f.Company(ctx, f.main, "acme")
		requireCode(t, licensing.CodeAmbiguous, err)
	})
}

func TestImport(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		in := service.CompanyImport{Companies: []change{
			{Name: new("New"), Domain: new("new.example.com")},
			{Name: new("acme"), Domain: new("acme.example.com")},    // as it is
			{Name: new("Renamed"), Domain: new("acme.example.com")}, // differs
			{Domain: new("nameless.example.com")},
			{Name: new("No domain")},
			{Name: new("Twice"), Domain: new("new.example.com")},
			{Name: new("Bad"), Domain: new("bad.example.com"), Email: new("?")},
			{Name: new("Last"), Domain: new("last.example.com")},
		}}
		status := func(rows []service.ImportRow) (all []string) {
			for _, r := range rows {
				all = append(all, string(r.Status))
			}
			return all
		}
		want := []string{"created", "unchanged", "differs", "failed", "failed", "differs", "failed", "created"}

		before := f.dump()
		in.DryRun = true
		caller, replayed := keyed(f.main, "key")
		tried, err := f.ImportCompanies(ctx, caller, in)
		require.NoError(t, err)
		require.Equal(t, want, status(tried))
		require.Empty(t, tried[0].ID)
		require.Equal(t, f.acme.ID, tried[1].ID)
		require.Equal(t, before, f.dump())

		in.DryRun = false
		done, err := f.ImportCompanies(ctx, caller, in)
		require.NoError(t, err)
		require.Equal(t, want, status(done))
		require.Equal(t, done[0].ID, done[5].ID)
		require.Equal(t, []any{licensing.CodeInvalidRequest, ""}, []any{done[3].Code, done[3].ID})
		require.NotEmpty(t, done[3].Message)
		require.Equal(t, []int{5}, f.counts("companies"))
		require.Len(t, f.events(done[0].ID), 1)
		kept, err := f.Company(ctx, f.main, "acme.example.com")
		require.NoError(t, err)
		require.Equal(t, "acme", kept.Name)

		after := f.dump()
		again, err := f.ImportCompanies(ctx, caller, in)
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, done, again)
		require.Equal(t, after, f.dump())

		in.Update = true
		_, err = f.ImportCompanies(ctx, caller, in)
		requireCode(t, licensing.CodeKeyReused, err)
		changed, err := f.ImportCompanies(ctx, f.main, in)
		require.NoError(t, err)
		require.Equal(t, []string{"unchanged", "unchanged", "updated", "failed", "failed", "updated", "failed", "unchanged"}, status(changed))
		kept, err = f.Company(ctx, f.main, "acme.example.com")
		require.NoError(t, err)
		require.Equal(t, "Renamed", kept.Name)
		require.EqualValues(t, 2, kept.Version)
		require.Equal(t, "company.edited", f.events(kept.ID)[1].Type)

		// A domain of a sub-reseller's or a stranger's company says nothing here.
		rows, err := f.ImportCompanies(ctx, f.main, service.CompanyImport{Update: true, Companies: []change{
			{Name: new("Mine"), Domain: new("below.example.com")}, {Name: new("Mine"), Domain: new("other.example.com")},
		}})
		require.NoError(t, err)
		require.Equal(t, []string{"created", "created"}, status(rows))
		own, err := f.Company(ctx, f.main, "below.example.com") // the sub-reseller's has it too
		require.NoError(t, err)
		require.Equal(t, rows[0].ID, own.ID)
	})
}
