package page_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/page"
)

// Every page in every language is built so that any browser and reader gets on with it.
func TestStructure(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"en", "de", "fr", "es", "nl"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			query := "?lang=" + lang
			s := setup(t)
			pages := map[string]answer{
				"activation": s.get(activation + query),
				"mistakes":   s.post(activation+query, url.Values{"form_token": {s.get(activation).formToken(t)}, "who": {"new"}}),
				"payment":    s.get(payment + query),
				"unknown":    s.get("/activate/x" + query),
			}
			pages["done"] = s.post(activation+query, s.existing(activation, "office@nord.example"))
			for name, a := range pages {
				requireStructure(t, name, a)
			}
			require.Equal(t, http.StatusOK, pages["done"].StatusCode)
		})
	}
}

func requireStructure(t *testing.T, name string, a answer) {
	t.Helper()
	require.True(t, strings.HasPrefix(a.text, "<!DOCTYPE html>\n"), name)
	require.Len(t, a.all("h1"), 1, name)
	require.Len(t, a.all("main"), 1, name)
	require.NotEmpty(t, a.title(), name)
	viewport := a.find(func(n *html.Node) bool { return attr(n, "name") == "viewport" })
	require.Equal(t, "width=device-width, initial-scale=1", attr(viewport, "content"), "people may zoom")

	seen := map[string]bool{}
	for n := range a.root.Descendants() {
		if id := attr(n, "id"); id != "" {
			require.False(t, seen[id], "%s: two elements have the id %s", name, id)
			seen[id] = true
		}
	}
	for n := range a.root.Descendants() {
		for _, reference := range []string{"aria-describedby", "aria-labelledby", "for"} {
			for id := range strings.FieldsSeq(attr(n, reference)) {
				require.True(t, seen[id], "%s: %s names %s", name, reference, id)
			}
		}
	}
	labelled := map[string]string{}
	for _, label := range a.all("label") {
		labelled[attr(label, "for")] = content(label)
	}
	for _, input := range append(a.all("input"), a.all("select")...) {
		if attr(input, "type") == "hidden" {
			continue
		}
		label := labelled[attr(input, "id")]
		require.NotEmpty(t, label, "%s: %s has a label", name, attr(input, "id"))
		optional := strings.HasSuffix(label, ")")
		require.NotEqual(t, optional, attr(input, "aria-required") == "true", "%s: %s", name, label)
	}
	for _, button := range a.all("button") {
		require.NotEmpty(t, content(button))
		require.Equal(t, "submit", attr(button, "type"))
	}
	for _, form := range a.all("form") {
		require.Equal(t, "post", attr(form, "method"))
	}
}

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	a := setup(t).get(activation)
	tokens := map[string]string{}
	for _, input := range append(a.all("input"), a.all("select")...) {
		if token := attr(input, "autocomplete"); token != "" {
			tokens[attr(input, "id")] = token
		}
	}
	require.Equal(t, map[string]string{
		"existing-email": "email", "new-name": "organization", "new-email": "email", "new-contact": "name", "new-phone": "tel",
		"new-address": "address-line1", "new-postal_code": "postal-code", "new-city": "address-level2", "new-country": "country",
	}, tokens)
	require.Equal(t, "tel", attr(a.byID(t, "new-phone"), "type"))
	require.Equal(t, "email", attr(a.byID(t, "new-email"), "type"))
}

// The server around the pages names a request; who has trouble can name it in turn.
func TestReference(t *testing.T) {
	t.Parallel()
	s := setup(t)
	s.desk.refusal = licensing.Errorf(licensing.CodeUnavailable, "down")
	inner := page.New(page.Options{Activation: s.desk, Now: s.clock.Now, Logger: s.logger})
	outer := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-ID", "req_01")
		inner.ServeHTTP(w, r)
	})
	s.serve(outer)
	require.Contains(t, content(s.get(activation).root), "Reference for questions: req_01")
	require.Contains(t, s.log.String(), "request_id=req_01")
}
