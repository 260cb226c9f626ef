package page_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/page"
)

func TestBrowser(t *testing.T) { //nolint:tparallel // one tab at a time has the focus
	t.Parallel()
	open := startBrowser(t)
	for name, test := range map[string]func(*testing.T, *browser){
		"phone":           testPhone,
		"languages":       testLanguages,
		"dark":            testDark,
		"keyboard":        testKeyboard,
		"mistakes":        testKeyboardMistakes,
		"payment":         testPaymentByKeyboard,
		"twice":           testDoubleClick,
		"two_tabs":        testReopened,
		"another_site":    testAnotherSite,
		"keeps_to_itself": testKeepsToItself,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

// No page is wider than the screen, nothing is too small to read or to hit. 320
// pixels is what WCAG 1.4.10 asks for.
func testPhone(t *testing.T, b *browser) {
	t.Helper()
	for _, lang := range []string{"en", "de", "fr", "es", "nl"} {
		s := setup(t)
		s.desk.link.Product = "Acme Klassenraumverwaltungssoftware-Gesamtpaket"
		s.desk.due.Lines = append(s.desk.due.Lines, strings.Repeat("Straßenverkehrsordnung", 5))
		query := "?lang=" + lang
		for _, width := range []int64{375, 320} {
			b.phone(width, 667)
			b.open(s.url + activation + query)
			b.requireFits(lang + " activation")
			b.leads(chromedp.Click(`form:has([value=new]) button`, chromedp.ByQuery))
			b.requireFits(lang + " mistakes")
			b.keepPicture("mistakes-" + lang)
			b.open(s.url + payment + query)
			b.requireFits(lang + " payment")
			b.open(s.url + "/activate/unknown" + query)
			b.requireFits(lang + " unknown")
		}
		b.open(s.url + activation + query)
		b.leads(chromedp.SendKeys("#existing-email", "office@nord.example", chromedp.ByID), enter())
		b.requireFits(lang + " done")
		b.keepPicture("done-" + lang)
	}
}

func (b *browser) requireFits(name string) {
	b.t.Helper()
	require.LessOrEqual(b.t, value[int](b, `document.documentElement.scrollWidth`), value[int](b, `document.documentElement.clientWidth`),
		"%s scrolls sideways", name)
	small := value[[]string](b, `[...document.querySelectorAll("input:not([type=hidden]), select, button, a")].filter(e => {
		const box = e.getBoundingClientRect();
		const inText = e.closest(".summary") !== null;
		return box.height < (inText ? 24 : 44) || parseFloat(getComputedStyle(e).fontSize) < 16;
	}).map(e => e.outerHTML)`)
	require.Empty(b.t, small, "%s: too small for a finger, or so small that a phone zooms in", name)
}

// A language is chosen by its link, and the page is all in it.
func testLanguages(t *testing.T, b *browser) {
	t.Helper()
	s := setup(t)
	b.open(s.url + activation)
	for lang, h1 := range map[string]string{
		"de": "Acme Classroom aktivieren", "fr": "Activer Acme Classroom", "es": "Activar Acme Classroom",
		"nl": "Acme Classroom activeren", "en": "Activate Acme Classroom",
	} {
		b.leads(chromedp.Click(`nav a[lang=`+lang+`]`, chromedp.ByQuery))
		require.Equal(t, h1, b.h1())
		require.Equal(t, lang, value[string](b, `document.documentElement.lang`))
		b.keepPicture("activation-" + lang)
	}
}

func testDark(t *testing.T, b *browser) {
	t.Helper()
	s := setup(t)
	background := `getComputedStyle(document.querySelector("main")).backgroundColor`
	b.open(s.url + activation)
	require.Equal(t, "rgb(255, 255, 255)", value[string](b, background))
	b.scheme("dark")
	require.Equal(t, "rgb(26, 32, 39)", value[string](b, background))
	b.keepPicture("activation-dark")
	b.leads(chromedp.Click(`form:has([value=new]) button`, chromedp.ByQuery))
	b.keepPicture("mistakes-dark")
	b.open(s.url + payment)
	b.keepPicture("payment-dark")
	b.scheme("light")
	b.keepPicture("payment-light")
	b.open(s.url + "/activate/unknown")
	b.keepPicture("unknown-light")
}

// Tab goes through the page in the order in which it is read, shows where it is, and
// Enter sends the form.
func testKeyboard(t *testing.T, b *browser) {
	t.Helper()
	s := setup(t)
	b.open(s.url + activation)
	entries := map[string]string{
		"new-name": "Gymnasium Nord", "new-email": "office@nord.example", "new-contact": "Ada Lovelace", "new-phone": "+49 30 1234567",
		"new-address": "Hauptstraße 1", "new-postal_code": "10115", "new-city": "Berlin", "new-country": "Germany", "new-vat_id": "DE123456789",
	}
	var order []string
	for range 11 {
		b.press(kb.Tab)
		at := b.focused()
		order = append(order, at)
		if entry := entries[at]; entry != "" {
			b.press(entry)
		}
		require.Equal(t, "solid 3px", value[string](b, `(s => s.outlineStyle + " " + s.outlineWidth)(getComputedStyle(document.activeElement))`),
			"the focus on %s shows", at)
	}
	require.Equal(t, []string{
		"existing-email", "Activate", "new-name", "new-email", "new-contact", "new-phone", "new-address", "new-postal_code", "new-city",
		"new-country", "new-vat_id",
	}, order)
	b.leads(enter())
	require.Equal(t, "Acme Classroom is activated", b.h1())
	require.Equal(t, []page.Customer{{
		Name: "Gymnasium Nord", Email: "office@nord.example", Contact: "Ada Lovelace", Phone: "+49 30 1234567",
		Address: "Hauptstraße 1", PostalCode: "10115", City: "Berlin", Country: "DE", VATID: "DE123456789", Language: "en",
	}}, s.desk.customers)
}

// After a mistake the summary has the focus, and leads to the fields.
func testKeyboardMistakes(t *testing.T, b *browser) {
	t.Helper()
	s := setup(t)
	b.open(s.url + activation)
	b.run(chromedp.Focus("#new-name", chromedp.ByID))
	b.press("Gymnasium Nord")
	b.leads(enter())
	require.Equal(t, "Error: Activate Acme Classroom – Acme Software", value[string](b, `document.title`))
	require.Equal(t, "summary", b.focused())

	b.press(kb.Tab)
	require.Equal(t, "Enter an e-mail address.", b.focused())
	b.run(enter())
	require.Equal(t, "new-email", b.focused())
	b.press("office@nord.example")
	for b.focused() != "new-country" {
		b.press(kb.Tab)
	}
	b.press("Germany")
	b.press(kb.Tab)
	b.leads(enter())
	require.Equal(t, "Acme Classroom is activated", b.h1())
	require.Equal(t, "Gymnasium Nord", s.desk.customers[0].Name)
}

func testPaymentByKeyboard(t *testing.T, b *browser) {
	t.Helper()
	s := setup(t)
	b.open(s.url + payment)
	b.press(kb.Tab)
	require.Equal(t, "action=pay", b.focused())
	b.press(kb.Tab)
	require.Equal(t, "action=cancel", b.focused())
	b.leads(enter())
	require.Equal(t, "Order ORD-2026-000042 is cancelled", b.h1())

	s = setup(t)
	b.open(s.url + payment)
	b.leads(chromedp.Click(`button[value=pay]`, chromedp.ByQuery))
	require.Equal(t, "Order ORD-2026-000042 is paid", b.h1())
	require.Equal(t, 1, s.desk.paid)
}

// A button that is pressed twice, and a page that is loaded again, say what they said.
func testDoubleClick(t *testing.T, b *browser) {
	t.Helper()
	s := setup(t)
	b.open(s.url + activation)
	b.run(chromedp.SendKeys("#existing-email", "office@nord.example", chromedp.ByID))
	b.leads(chromedp.DoubleClick(`form:has([value=existing]) button`, chromedp.ByQuery))
	require.Equal(t, "Acme Classroom is activated", b.h1())
	b.leads(chromedp.Reload())
	require.Equal(t, "Acme Classroom is activated", b.h1())
	require.Len(t, s.desk.existing, 1)
}

// The link is clicked in webmail, another site, and again in a second tab: the browser
// holds the strict cookie back then and gets a new one, and the first tab's form becomes
// good by pressing again.
func testReopened(t *testing.T, b *browser) {
	t.Helper()
	s := setup(t)
	mail := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<a href="` + s.url + activation + `">your license</a>`))
	}))
	t.Cleanup(mail.Close)
	webmail := strings.Replace(mail.URL, "127.0.0.1", "localhost", 1)

	b.open(webmail)
	b.leads(chromedp.Click("a", chromedp.ByQuery))
	other, closeOther := chromedp.NewContext(b.ctx)
	t.Cleanup(closeOther)
	tab := &browser{t: t, ctx: other}
	tab.open(webmail)
	tab.leads(chromedp.Click("a", chromedp.ByQuery))

	b.run(chromedp.SendKeys("#existing-email", "office@nord.example", chromedp.ByID))
	b.leads(chromedp.Click(`form:has([value=existing]) button`, chromedp.ByQuery))
	require.Contains(t, value[string](b, `document.querySelector(".summary").textContent`), "press the button again")
	require.Equal(t, "office@nord.example", value[string](b, `document.querySelector("#existing-email").value`))
	require.Empty(t, s.desk.existing)
	b.leads(chromedp.Click(`form:has([value=existing]) button`, chromedp.ByQuery))
	require.Equal(t, "Acme Classroom is activated", b.h1())
}

// Another site that has the link cannot make a visitor's browser use it.
func testAnotherSite(t *testing.T, b *browser) {
	t.Helper()
	s := setup(t)
	form := s.existing(activation, "thief@evil.example")
	evil := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<form method="post" action="` + s.url + activation + `">` + hidden(form) + `<button>Win a prize</button></form>` +
			`<iframe src="` + s.url + activation + `"></iframe>`))
	}))
	t.Cleanup(evil.Close)

	b.open(s.url + activation) // the browser has a cookie of ours
	b.open(strings.Replace(evil.URL, "127.0.0.1", "localhost", 1))
	b.mu.Lock()
	framed := strings.Join(b.problems, "\n")
	b.mu.Unlock()
	require.Contains(t, framed, "frame-ancestors", "the page shows in no frame")

	b.leads(chromedp.Click("button", chromedp.ByQuery))
	require.Equal(t, "This form came from another site", b.h1())
	require.Empty(t, s.desk.existing)
}

func hidden(form url.Values) string {
	var b strings.Builder
	for name := range form {
		b.WriteString(`<input type="hidden" name="` + name + `" value="` + form.Get(name) + `">`)
	}
	return b.String()
}

// A page asks for nothing but itself, breaks no rule of its own policy, and sends its
// address to nobody.
func testKeepsToItself(t *testing.T, b *browser) {
	t.Helper()
	s := setup(t)
	referrers := make(chan string, 100)
	inner := page.New(page.Options{Activation: s.desk, Now: s.clock.Now, Logger: s.logger})
	s.serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		referrers <- r.Referer()
		inner.ServeHTTP(w, r)
	}))
	b.open(s.url + activation)
	b.leads(chromedp.Click(`nav a[lang=de]`, chromedp.ByQuery))
	b.leads(chromedp.SendKeys("#existing-email", "x", chromedp.ByID), enter())
	b.leads(chromedp.SendKeys("#existing-email", kb.End+kb.Backspace+"office@nord.example", chromedp.ByID), enter())
	require.Equal(t, "Acme Classroom ist aktiviert", b.h1())

	b.mu.Lock()
	defer b.mu.Unlock()
	require.Equal(t, []string{
		"GET " + s.url + activation, "GET " + s.url + activation + "?lang=de",
		"POST " + s.url + activation + "?lang=de", "POST " + s.url + activation + "?lang=de",
	}, withoutData(b.asked))
	require.Empty(t, b.problems)
	close(referrers)
	for referrer := range referrers {
		require.Empty(t, referrer)
	}
}

// withoutData leaves out addresses that are their own content, as the empty icon is.
func withoutData(asked []string) []string {
	var kept []string
	for _, address := range asked {
		if !strings.HasPrefix(address, "GET data:") {
			kept = append(kept, address)
		}
	}
	return kept
}
