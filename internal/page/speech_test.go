package page

import (
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/language"

	"github.com/resell-cli/resell/internal/licensing"
)

func TestCataloguesAgree(t *testing.T) {
	t.Parallel()
	placeholder := regexp.MustCompile(`\{[^{}]*\}`)
	english := readCatalogue(language.English)
	for _, tag := range tags() {
		messages := readCatalogue(tag)
		require.Equal(t, slices.Sorted(maps.Keys(english)), slices.Sorted(maps.Keys(messages)), "messages in %s", tag)
		for key, text := range messages {
			require.NotEmpty(t, strings.TrimSpace(text), "%s in %s", key, tag)
			require.NotContains(t, text, "<", "%s in %s: messages are text", key, tag)
			want, got := placeholder.FindAllString(english[key], -1), placeholder.FindAllString(text, -1)
			require.ElementsMatch(t, want, got, "placeholders of %s in %s", key, tag)
		}
	}
	files, err := fs.Glob(catalogues, "message/*.json")
	require.NoError(t, err)
	require.Len(t, files, len(tags()), "a catalogue that no page speaks")
}

// Translations that were forgotten are English still; some words are the same in
// two languages, and long texts never are.
func TestCataloguesAreTranslated(t *testing.T) {
	t.Parallel()
	english := readCatalogue(language.English)
	for _, tag := range tags()[1:] {
		for key, text := range readCatalogue(tag) {
			if len(text) > 25 {
				require.NotEqual(t, english[key], text, "%s in %s", key, tag)
			}
		}
	}
}

// What the pages say, the catalogues have, and the other way round.
func TestMessagesAreUsed(t *testing.T) {
	t.Parallel()
	literal := regexp.MustCompile(`"([a-z_]+(?:\.[a-z_]+)*)"`)
	said := map[string]bool{}
	for _, pattern := range []string{"*.go", "template/*.html"} {
		files, err := fs.Glob(os.DirFS("."), pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, match := range literal.FindAllStringSubmatch(string(source), -1) {
				said[match[1]] = true
			}
		}
	}
	// Keys that are put together: a notice's three parts, its two families, and what
	// is wrong with a field.
	for _, part := range []string{".title", ".text", ".next"} {
		for _, family := range []string{"link", "payment"} {
			for _, why := range []string{".expired", ".used", ".revoked", ".unknown", ".refused"} {
				said[family+why+part] = true
			}
		}
		for key := range maps.Clone(said) {
			if strings.Count(key, ".") == 1 && (strings.HasPrefix(key, "notice.") || strings.HasPrefix(key, "payment.")) {
				said[key+part] = true
			}
		}
	}
	s := newSpeech(language.English)
	for _, f := range newCustomerForm(s).Fields {
		said["error."+f.Name+".invalid"] = true
		if f.Required {
			said["error."+f.Name+".missing"] = true
		}
	}
	for key := range s.messages {
		if strings.HasPrefix(key, "month.") || strings.HasPrefix(key, "metric.") {
			continue // TestSpeech says them
		}
		require.True(t, said[key], "no page says %s", key)
	}
	for _, family := range []string{"activate", "done", "error", "existing", "field", "hint", "license", "link", "new", "notice", "payment", "validity"} {
		for key := range said {
			if _, known := s.messages[key]; strings.HasPrefix(key, family+".") && !known {
				_, heading := s.messages[key+".title"]
				compound := strings.Count(key, ".") > 1 && strings.HasSuffix(key, ".title") || strings.HasSuffix(key, ".text") || strings.HasSuffix(key, ".next")
				require.True(t, heading || compound, "a page says %s, which no catalogue has", key)
			}
		}
	}
}

func TestSpeech(t *testing.T) {
	t.Parallel()
	tests := []struct {
		tag                            language.Tag
		one, many, bare, term, forever string
		euro, yen, dinar, cents        string
	}{
		{
			language.English, "1 user", "1,250 users", "3", "from 21 November 2026 to 31 December 2026, that day included",
			"from 1 January 2027, without an end", "1,234.50 EUR", "123,450 JPY", "-123.450 KWD", "-0.05 EUR",
		},
		{
			language.German, "1 Benutzer", "1.250 Benutzer", "3", "vom 21. November 2026 bis einschließlich 31. Dezember 2026",
			"ab 1. Januar 2027, unbefristet", "1.234,50 EUR", "123.450 JPY", "-123,450 KWD", "-0,05 EUR",
		},
		{
			language.French, "1 utilisateur", "1\u00a0250 utilisateurs", "3", "du 21 novembre 2026 au 31 décembre 2026 inclus",
			"à partir du 1er janvier 2027, sans limite de durée", "1\u00a0234,50 EUR", "123\u00a0450 JPY", "-123,450 KWD", "-0,05 EUR",
		},
		{
			language.Spanish, "1 usuario", "1.250 usuarios", "3", "del 21 de noviembre de 2026 al 31 de diciembre de 2026, ambos incluidos",
			"desde el 1 de enero de 2027, sin fecha de fin", "1.234,50 EUR", "123.450 JPY", "-123,450 KWD", "-0,05 EUR",
		},
		{
			language.Dutch, "1 gebruiker", "1.250 gebruikers", "3", "van 21 november 2026 tot en met 31 december 2026",
			"vanaf 1 januari 2027, zonder einddatum", "1.234,50 EUR", "123.450 JPY", "-123,450 KWD", "-0,05 EUR",
		},
	}
	// The blank between a number and its unit does not break; here it is a blank.
	plain := func(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }
	for _, tt := range tests {
		t.Run(tt.tag.String(), func(t *testing.T) {
			t.Parallel()
			s := newSpeech(tt.tag)
			start, first := licensing.NewDate(2026, 11, 21), licensing.NewDate(2027, 1, 1)
			require.Equal(t, plain(tt.one), plain(s.Count(1, "users")))
			require.Equal(t, plain(tt.many), plain(s.Count(1250, "users")))
			require.Equal(t, tt.bare, s.Count(3, "moons"))
			require.Equal(t, tt.term, s.Validity(start, first))
			require.Equal(t, tt.forever, s.Validity(first, licensing.Date{}))
			require.Equal(t, plain(tt.euro), plain(s.Amount(123450, "EUR")))
			require.Equal(t, plain(tt.yen), plain(s.Amount(123450, "JPY")))
			require.Equal(t, plain(tt.dinar), plain(s.Amount(-123450, "KWD")))
			require.Equal(t, plain(tt.cents), plain(s.Amount(-5, "EUR")))

			for _, metric := range []string{"users", "devices", "screens", "servers", "channels"} {
				require.Greater(t, len(s.Count(2, metric)), 3, metric)
			}
			for month := range 12 {
				require.NotContains(t, s.Date(start.AddMonths(month, 21)), "month.")
			}
		})
	}
}

func TestSayKeepsValuesApart(t *testing.T) {
	t.Parallel()
	s := newSpeech(language.English)
	text, err := s.Say("new.privacy", "reseller", "{vendor}", "vendor", "Acme")
	require.NoError(t, err)
	require.Equal(t, "{vendor} and Acme receive these details to activate the license.", text)
	_, err = s.Say("no.such.message")
	require.Error(t, err)
}

func TestCountries(t *testing.T) {
	t.Parallel()
	for _, tag := range tags() {
		countries := countriesIn(tag)
		require.Len(t, countries, 250)
		names := map[string]string{}
		for _, c := range countries {
			region, err := language.ParseRegion(c.Value)
			require.NoError(t, err)
			require.True(t, region.IsCountry(), c.Value)
			require.Equal(t, region.Canonicalize(), region, "%s is no longer in use", c.Value)
			require.NotEmpty(t, c.Text)
			require.NotEqual(t, c.Value, c.Text)
			require.Empty(t, names[c.Text], "two countries with one name")
			names[c.Text] = c.Value
		}
	}
	index := func(tag language.Tag, name string) int {
		return slices.IndexFunc(countriesIn(tag), func(o option) bool { return o.Text == name })
	}
	require.Equal(t, index(language.German, "Oman")+1, index(language.German, "Österreich"))
	require.Less(t, index(language.French, "États-Unis"), index(language.French, "Fidji"))
	require.Less(t, index(language.Spanish, "España"), index(language.Spanish, "Estados Unidos"))
}
