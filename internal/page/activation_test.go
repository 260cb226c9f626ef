package page_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/page"
)

const activation = "/activate/" + secret

func TestActivationPage(t *testing.T) {
	t.Parallel()
	s := setup(t)
	a := s.get(activation)

	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Equal(t, "Activate Acme Classroom – Acme Software", a.title())
	require.Equal(t, "Activate Acme Classroom", a.h1())
	text := content(a.root)
	for _, want := range []string{
		"Schulbedarf Müller & Söhne has a license for you", "25 users",
		"from 21 November 2026 to 31 December 2028, that day included", "This link works once, until 24 December 2026.",
	} {
		require.Contains(t, text, want)
	}
	require.Empty(t, s.desk.existing)
	require.Empty(t, s.desk.customers, "looking at a page activates nothing")
}

func TestActivationForExisting(t *testing.T) {
	t.Parallel()
	s := setup(t)
	a := s.post(activation, s.existing(activation, " office@nord.example "))

	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Equal(t, "Acme Classroom is activated", a.h1())
	require.Contains(t, content(a.root), "An e-mail about it is on its way to office@nord.example.")
	require.Equal(t, []string{"office@nord.example"}, s.desk.existing)
	require.Empty(t, a.all("form"))
	require.Empty(t, a.all("nav"), "another language would say that the link is used")
	require.Equal(t, "This link has been used already", s.get(activation).h1())
}

func TestActivationForNew(t *testing.T) {
	t.Parallel()
	s := setup(t)
	a := s.post(activation, s.customer(activation, "contact", "Ada Lovelace", "phone", "+49 30 1234567",
		"address", "Hauptstraße 1", "postal_code", "10115", "city", "Berlin", "vat_id", "DE123456789"))

	require.Equal(t, http.StatusOK, a.StatusCode, a.text)
	require.Equal(t, []page.Customer{{
		Name: "Gymnasium Nord", Email: "office@nord.example", Contact: "Ada Lovelace", Phone: "+49 30 1234567",
		Address: "Hauptstraße 1", PostalCode: "10115", City: "Berlin", Country: "DE", VATID: "DE123456789", Language: "en",
	}}, s.desk.customers)
}

func TestActivationTwicePressed(t *testing.T) {
	t.Parallel()
	s := setup(t)
	form := s.existing(activation, "office@nord.example")

	first, second := s.post(activation, form), s.post(activation, form)
	require.Equal(t, first.text, second.text, "the answer that a browser shows is the second")
	require.Len(t, s.desk.existing, 1)

	form.Set("email", "other@nord.example")
	require.Equal(t, "This link has been used already", s.post(activation, form).h1())
}

func TestActivationMistakes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		entries []string
		wrong   map[string]string // field: the beginning of what it says
	}{
		{"nothing entered", []string{"name", "", "email", " ", "country", ""}, map[string]string{
			"name": "Enter the name", "email": "Enter an e-mail address", "country": "Choose a country",
		}},
		{"not an address", []string{"email", "nord.example"}, map[string]string{"email": "This is not an e-mail address"}},
		{"an address with a name", []string{"email", "Ada <ada@nord.example>"}, map[string]string{"email": "This is not an e-mail address"}},
		{"no such country", []string{"country", "ZZ"}, map[string]string{"country": "Choose a country from the list"}},
		{"too long", []string{"vat_id", strings.Repeat("9", 51)}, map[string]string{"vat_id": "VAT ID: shorten this to 50 characters"}},
		{"as long as may be", []string{"city", strings.Repeat("ß", 200), "email", "x"}, map[string]string{"email": "This is not"}},
		{"a line break", []string{"city", "Berlin\nBcc: all@nord.example"}, map[string]string{"city": "This city is not accepted"}},
		{"no text", []string{"name", "Nord\xff"}, map[string]string{"name": "This name is not accepted"}},
		{"a zero character", []string{"phone", "1\x002"}, map[string]string{"phone": "This is not a phone number"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := setup(t)
			a := s.post(activation, s.customer(activation, tt.entries...))

			require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
			require.Empty(t, s.desk.customers)
			require.Equal(t, "Error: Activate Acme Classroom – Acme Software", a.title())
			requireWrong(t, a, "new-", tt.wrong)
		})
	}
}

// requireWrong holds that exactly these fields are marked, said to be wrong where they
// are, and linked from the summary, which has the focus.
func requireWrong(t *testing.T, a answer, prefix string, wrong map[string]string) {
	t.Helper()
	summary := a.find(func(n *html.Node) bool { return attr(n, "role") == "alert" })
	require.NotNil(t, summary)
	require.True(t, has(summary, "autofocus"))
	require.Equal(t, "-1", attr(summary, "tabindex"))
	require.NotEmpty(t, content(a.byID(t, attr(summary, "aria-labelledby"))))

	linked := map[string]string{}
	for n := range summary.Descendants() {
		if n.Data == "a" {
			linked[strings.TrimPrefix(attr(n, "href"), "#"+prefix)] = content(n)
		}
	}
	marked := map[string]string{}
	for _, n := range append(a.all("input"), a.all("select")...) {
		if attr(n, "aria-invalid") != "true" {
			continue
		}
		for id := range strings.FieldsSeq(attr(n, "aria-describedby")) {
			if said := a.byID(t, id); attr(said, "class") == "error" {
				marked[attr(n, "name")] = content(said)
			}
		}
	}
	require.Equal(t, marked, linked, "the summary says what the fields say")
	require.Len(t, marked, len(wrong), "%v", marked)
	for field, beginning := range wrong {
		require.True(t, strings.HasPrefix(marked[field], beginning), "%s says %q", field, marked[field])
	}
}

func TestActivationKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	s := setup(t)
	typed := map[string]string{
		"name": `Nord "&" <b>Süd</b>`, "contact": "Ada", "phone": "1", "address": "Weg 1", "postal_code": "10115",
		"city": "Berlin", "country": "AT", "vat_id": "ATU12345678", "email": "wrong",
	}
	var entries []string
	for name, value := range typed {
		entries = append(entries, name, value)
	}
	a := s.post(activation, s.customer(activation, entries...))

	for name, value := range typed {
		n := a.byID(t, "new-"+name)
		if n.Data == "select" {
			var chosen []string
			for option := range n.Descendants() {
				if has(option, "selected") {
					chosen = append(chosen, attr(option, "value"))
				}
			}
			require.Equal(t, []string{value}, chosen)
			continue
		}
		require.Equal(t, value, attr(n, "value"), name)
	}
	require.NotContains(t, a.text, "<b>Süd", "what was typed is text")
}

func TestActivationRefusedFields(t *testing.T) {
	t.Parallel()
	s := setup(t)
	s.desk.submitErr = &licensing.Error{Code: licensing.CodeInvalidRequest, Detail: "in English", Fields: []licensing.FieldError{
		{Field: "company.vat_id", Message: "is not one of DE"}, {Field: "postal_code", Message: "has four digits"}, {Field: "moon", Message: "is full"},
	}}
	a := s.post(activation+"?lang=de", s.customer(activation))

	require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
	requireWrong(t, a, "new-", map[string]string{"vat_id": "Das ist keine USt-IdNr.", "postal_code": "Diese Postleitzahl"})
	require.NotContains(t, a.text, "in English")
	require.NotContains(t, a.text, "four digits")

	s.desk.submitErr = licensing.Invalid("moon", "is full")
	a = s.post(activation+"?lang=de", s.customer(activation))
	require.Contains(t, content(a.find(func(n *html.Node) bool { return attr(n, "role") == "alert" })), "Diese Angaben wurden nicht angenommen.")
}

func TestActivationUnknownCustomer(t *testing.T) {
	t.Parallel()
	s := setup(t)
	s.desk.submitErr = licensing.Errorf(licensing.CodeCustomerUnknown, "no customer office@nord.example")
	a := s.post(activation, s.existing(activation, "office@nord.example"))

	require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
	requireWrong(t, a, "existing-", map[string]string{"email": "Schulbedarf Müller & Söhne knows no customer with this address."})
	require.Equal(t, "office@nord.example", attr(a.byID(t, "new-email"), "value"), "nobody types it twice")

	s.desk.submitErr = licensing.Errorf(licensing.CodeAlreadyExists, "there is one")
	a = s.post(activation, s.customer(activation))
	requireWrong(t, a, "new-", map[string]string{"email": "Schulbedarf Müller & Söhne knows a customer with these details already."})
}

func TestLinkExplained(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err    error
		status int
		h1     string
	}{
		{licensing.Errorf(licensing.CodeLinkUnknown, "x"), http.StatusNotFound, "We do not know this link"},
		{licensing.Errorf(licensing.CodeNotFound, "x"), http.StatusNotFound, "We do not know this link"},
		{licensing.Errorf(licensing.CodeLinkExpired, "x"), http.StatusGone, "This link has expired"},
		{licensing.Errorf(licensing.CodeLinkUsed, "x"), http.StatusGone, "This link has been used already"},
		{licensing.Errorf(licensing.CodeLinkRevoked, "x"), http.StatusGone, "This link was withdrawn"},
		{licensing.Errorf(licensing.CodeLicenseNotUsable, "x"), http.StatusConflict, "This license cannot be activated now"},
		{licensing.Errorf(licensing.CodeRateLimited, "x"), http.StatusTooManyRequests, "Too many attempts"},
		{licensing.Errorf(licensing.CodeUnavailable, "x"), http.StatusServiceUnavailable, "Something went wrong"},
		{errors.New("the disk is full"), http.StatusInternalServerError, "Something went wrong"},
	}
	for _, tt := range tests {
		t.Run(tt.h1, func(t *testing.T) {
			t.Parallel()
			s := setup(t)
			form := s.existing(activation, "office@nord.example")
			s.desk.refusal = tt.err
			for _, a := range []answer{s.get(activation), s.post(activation, form)} {
				require.Equal(t, tt.status, a.StatusCode)
				require.Equal(t, tt.h1, a.h1())
				require.Equal(t, tt.h1, a.title())
				require.Empty(t, a.all("form"))
				require.NotContains(t, a.text, "disk is full")
			}
			require.Equal(t, tt.status >= http.StatusInternalServerError, s.log.Len() > 0, "only what is our fault is logged")
			require.NotContains(t, s.log.String(), secret)
		})
	}
}

func TestUnknownAddresses(t *testing.T) {
	t.Parallel()
	s := setup(t)
	for _, path := range []string{"/", "/activate/", "/activate/" + secret + "/more", "/activate/x", "/activate/%00%ff", "/activate/" + strings.Repeat("x", 5000)} {
		a := s.get(path)
		require.Equal(t, http.StatusNotFound, a.StatusCode, path)
		require.Equal(t, "We do not know this link", a.h1(), path)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, s.url+activation, http.NoBody)
	require.NoError(t, err)
	a := s.do(request)
	require.Equal(t, http.StatusMethodNotAllowed, a.StatusCode)
	require.Equal(t, "GET, HEAD, POST", a.Header.Get("Allow"))
}

func TestOnlyOneKindOfPage(t *testing.T) {
	t.Parallel()
	s := setup(t, func(o *page.Options) { o.Payments = nil })
	require.Equal(t, http.StatusOK, s.get(activation).StatusCode)
	require.Equal(t, http.StatusNotFound, s.get(payment).StatusCode)
	s = setup(t, func(o *page.Options) { o.Activation = nil })
	require.Equal(t, http.StatusNotFound, s.get(activation).StatusCode)
	require.Equal(t, http.StatusOK, s.get(payment).StatusCode)
}

func TestTooLargeForm(t *testing.T) {
	t.Parallel()
	s := setup(t)
	a := s.post(activation, url.Values{"name": {strings.Repeat("x", 100_000)}})
	require.Equal(t, http.StatusRequestEntityTooLarge, a.StatusCode)
	require.Equal(t, "That was too much text", a.h1())

	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+activation, strings.NewReader("email=%zz"))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	require.Equal(t, http.StatusBadRequest, s.do(request).StatusCode)
}
