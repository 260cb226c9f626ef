package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		names := map[string]string{
			"com_latin": "Café Ångström GmbH", "com_german": "Straße & Söhne", "com_turkish": "İstanbul Işık", "com_cyrillic": "ООО Ёлка",
			"com_greek": "Ὀδυσσεύς", "com_arabic": "مُحَمَّد للتجارة", "com_han": "株式会社東京", "com_wide": "ＡＢＣ株式会社", "com_korean": "한국 회사",
			"com_percent": "100% Sure", "com_under": "snake_case", "com_bang": "Yahoo!", "com_quote": `O'Brien "Bob" \ Sons`, "com_ligature": "Oﬃce",
			"com_decomposed": "Cafe\u0301 Zwei", "com_sql": "'; DROP TABLE companies; --",
		}
		update(t, s, func(tx *store.Tx) error {
			for id, name := range names {
				require.NoError(t, tx.InsertCompany(t.Context(), licensing.Company{ID: id, ResellerID: owner, Name: name, CreatedAt: now, UpdatedAt: now}))
			}
			return nil
		})
		for search, want := range map[string][]string{
			"café": {"com_latin", "com_decomposed"}, "CAFE": {"com_latin", "com_decomposed"}, "cafe\u0301 z": {"com_decomposed"},
			"ANGSTROM": {"com_latin"}, "ångström": {"com_latin"}, "STRASSE": {"com_german"}, "straße": {"com_german"}, "sohne": {"com_german"},
			"ISTANBUL": {"com_turkish"}, "istanbul": {"com_turkish"}, "ёлка": {"com_cyrillic"}, "ЕЛКА": {"com_cyrillic"}, "ооо": {"com_cyrillic"},
			"οδυσσευσ": {"com_greek"}, "ΟΔΥΣΣΕΥΣ": {"com_greek"}, "محمد": {"com_arabic"}, "مُحَمَّد": {"com_arabic"}, "東京": {"com_han"},
			"株式": {"com_han", "com_wide"}, "abc株": {"com_wide"}, "한국": {"com_korean"}, "office": {"com_ligature"},
			"%": {"com_percent"}, "100%": {"com_percent"}, "e_c": {"com_under"}, "yahoo!": {"com_bang"}, "!%": {}, "c%f": {}, "caf_": {},
			`o'brien "bob" \`: {"com_quote"}, "'; drop table": {"com_sql"}, "' OR '1'='1": {}, "$1": {}, ":name": {}, "?": {}, "\x00": {}, "\xff": {}, "\u0301": {},
		} {
			f := store.CompanyFilter{Resellers: []string{owner}, Search: search}
			got := view(t, s, func(ctx context.Context, tx *store.Tx) ([]licensing.Company, error) {
				return tx.Companies(ctx, f, store.Page{Limit: 100})
			})
			require.ElementsMatch(t, want, ids(got), "search for %q", search)
			require.Len(t, stream(t, s, store.ExportCompanies(f)), len(want))
		}
	})
}

// What people type is text to the database wherever it goes.
func TestInjection(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		for i, text := range []string{
			"' OR 1=1 --", `"; DELETE FROM companies; --`, "'); DROP TABLE companies; --", "$1", "?", ":id", "@id", "%s%d%n", `\'`, "a'||'b", "--", "/* */", "E'\\x41'",
		} {
			update(t, s, func(tx *store.Tx) error {
				c := aCompany("com_x"+string(rune('a'+i)), owner)
				c.Name, c.Domain, c.Note = text, licensing.Ref(text), text
				require.NoError(t, tx.InsertCompany(ctx, c))
				got, err := tx.CompaniesNamed(ctx, []string{owner}, text)
				require.NoError(t, err)
				require.Equal(t, []string{c.ID}, ids(got))
				require.Equal(t, text, got[0].Note)
				for _, missing := range []func() error{
					func() error { _, err := tx.License(ctx, text); return err },
					func() error { _, err := tx.KeyByCode(ctx, text); return err },
					func() error { _, err := tx.TokenByHash(ctx, text); return err },
					func() error { _, err := tx.Reseller(ctx, text); return err },
					func() error { _, err := tx.Order(ctx, []string{owner, text}, text); return err },
					func() error { _, err := tx.Invoice(ctx, books(owner, text), text); return err },
				} {
					require.ErrorIs(t, missing(), store.ErrNotFound)
				}
				found, err := tx.Licenses(ctx, store.LicenseFilter{
					Resellers: []string{text}, Today: today, CompanyID: text, ProductID: text, Kind: text, Order: text, State: text, Billing: text, Search: text,
				}, store.Page{After: text, Limit: 5})
				require.NoError(t, err)
				require.Empty(t, found)
				return nil
			})
		}
	})
}

func TestTextThatCannotBeKept(t *testing.T) {
	t.Parallel()
	s := open(t, postgresDSN(t))
	require.NoError(t, s.Migrate(t.Context()))
	for _, text := range []string{"a\x00b", "\xff"} {
		require.ErrorIs(t, s.View(t.Context(), func(tx *store.Tx) error {
			_, err := tx.License(t.Context(), text)
			return err
		}), store.ErrText)
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "ABC": "abc", "Ünïcödé": "unicode", "Łódź": "lodz", "SMØRREBRØD Æ": "smorrebrod ae", "Işık": "isik", "Đ": "d", "ẞ": "ss", "ﬁ": "fi", "①": "1", "Ё": "е", "أَ": "ا", "ＡＢＣ": "abc", "ς": "σ", "a\nb": "a\nb", "\x00": "\uFFFD", "\xff": "\uFFFD", "Ꭰꭰ": "ꭰꭰ",
	} {
		require.Equal(t, want, store.Fold(text), "%q", text)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		require.Equal(t, store.Fold(text), store.Fold(store.Fold(text)), "%q", text)
	})
}
