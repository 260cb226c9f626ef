package page_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLanguage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	tests := []struct{ query, accept, want string }{
		{"", "", "en"},
		{"", "de", "de"},
		{"", "de-AT,de;q=0.9,en;q=0.8", "de"},
		{"", "fr-CA", "fr"},
		{"", "es-419,en;q=0.5", "es"},
		{"", "nl-BE", "nl"},
		{"", "ja,fr;q=0.7,en;q=0.3", "fr"},
		{"", "ja", "en"},
		{"", "de;q=0.1,en;q=0.9", "en"},
		{"", "!!;q=x", "en"},
		{"?lang=nl", "de", "nl"},
		{"?lang=xx", "de", "de"},
		{"?lang=", "de", "de"},
		{"?lang=fr&lang=de", "", "fr"},
	}
	for _, tt := range tests {
		a := s.get(activation+tt.query, "Accept-Language", tt.accept)
		require.Equal(t, tt.want, a.Header.Get("Content-Language"), "%q %q", tt.query, tt.accept)
		require.Equal(t, tt.want, attr(a.all("html")[0], "lang"))
	}
}

func TestLanguageLinks(t *testing.T) {
	t.Parallel()
	s := setup(t)
	a := s.get(activation, "Accept-Language", "fr")
	names, current := map[string]string{}, ""
	for _, link := range a.all("a") {
		names[attr(link, "href")] = content(link)
		require.Equal(t, "?lang="+attr(link, "lang"), attr(link, "href"))
		if attr(link, "aria-current") == "true" {
			current = content(link)
		}
	}
	require.Equal(t, map[string]string{
		"?lang=en": "English", "?lang=de": "Deutsch", "?lang=fr": "Français", "?lang=es": "Español", "?lang=nl": "Nederlands",
	}, names)
	require.Equal(t, "Français", current)
	require.Equal(t, "Langue", attr(a.all("nav")[0], "aria-label"))
}

// A form goes on in the language that it is in, and the next page too.
func TestLanguageStays(t *testing.T) {
	t.Parallel()
	s := setup(t)
	path := activation + "?lang=es"
	a := s.post(path, s.existing(path, "x"))
	require.Equal(t, "Error: Activar Acme Classroom – Acme Software", a.title())
	a = s.post(path, s.existing(path, "office@nord.example"))
	require.Equal(t, "Acme Classroom está activado", a.h1())
}
