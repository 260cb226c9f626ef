package page_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/page"
)

const secret = "7Q2K9XMB4T6WZR8N3C5VYHJD1E"

// desk is a vendor's desk in memory: links and orders with what became of them.
type desk struct {
	mu        sync.Mutex
	link      page.Link
	refusal   error // of every method, once set
	submitErr error // of what a form asks for
	done      map[string]page.Done
	existing  []string
	customers []page.Customer
	due       page.Due
	paid      int
	cancelled int
}

func newDesk() *desk {
	return &desk{
		link: page.Link{
			Vendor: "Acme Software", Reseller: "Schulbedarf Müller & Söhne", Product: "Acme Classroom", Quantity: 25, Metric: "users",
			StartsOn: licensing.NewDate(2026, 11, 21), EndsOn: licensing.NewDate(2029, 1, 1),
			ExpiresAt: time.Date(2026, 12, 24, 18, 0, 0, 0, time.UTC),
		},
		done: map[string]page.Done{},
		due: page.Due{
			Vendor: "Acme Software", Order: "ORD-2026-000042", Lines: []string{"25 × Acme Classroom, 3 years", "Acme Support"},
			Amount: 123450, Currency: "EUR",
		},
	}
}

func (d *desk) View(_ context.Context, token string) (page.Link, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.link, d.trouble(token)
}

func (d *desk) ForExisting(_ context.Context, a page.Attempt, email string) (page.Done, error) {
	return d.activate(a, email, func() { d.existing = append(d.existing, email) })
}

func (d *desk) ForNew(_ context.Context, a page.Attempt, c page.Customer) (page.Done, error) {
	return d.activate(a, c.Email, func() { d.customers = append(d.customers, c) })
}

func (d *desk) activate(a page.Attempt, email string, keep func()) (page.Done, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if before, ok := d.done[a.Key]; ok {
		return before, nil
	}
	if err := d.trouble(a.Token); err != nil {
		return page.Done{}, err
	}
	if d.submitErr != nil {
		return page.Done{}, d.submitErr
	}
	keep()
	d.done[a.Key] = page.Done{Link: d.link, Email: email}
	d.refusal = licensing.Errorf(licensing.CodeLinkUsed, "used")
	return d.done[a.Key], nil
}

func (d *desk) Pending(_ context.Context, token string) (page.Due, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.due, d.trouble(token)
}

func (d *desk) Pay(_ context.Context, token string) error {
	return d.settle(token, licensing.CodeLinkUsed, &d.paid)
}

func (d *desk) Cancel(_ context.Context, token string) error {
	return d.settle(token, licensing.CodeLinkRevoked, &d.cancelled)
}

func (d *desk) settle(token string, afterwards licensing.Code, count *int) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.trouble(token); err != nil {
		return err
	}
	if d.submitErr != nil {
		return d.submitErr
	}
	*count++
	d.refusal = licensing.Errorf(afterwards, "settled")
	return nil
}

func (d *desk) trouble(token string) error {
	if token != secret {
		return licensing.Errorf(licensing.CodeLinkUnknown, "no such link")
	}
	return d.refusal
}

// site is the pages on a real HTTP server, and a browser's cookies.
type site struct {
	t      *testing.T
	desk   *desk
	url    string
	client *http.Client
	log    *bytes.Buffer
	logger *slog.Logger
	clock  *clock
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func setup(t *testing.T, change ...func(*page.Options)) *site {
	t.Helper()
	s := &site{t: t, desk: newDesk(), log: &bytes.Buffer{}, clock: &clock{now: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)}}
	s.logger = slog.New(slog.NewTextHandler(s.log, nil))
	o := page.Options{
		Activation: s.desk, Payments: s.desk, Logger: s.logger, Now: s.clock.Now,
		Address: func(r *http.Request) string { return r.Header.Get("X-Test-Address") },
	}
	for _, c := range change {
		c(&o)
	}
	s.serve(page.New(o))
	return s
}

// serve puts a handler on the net, and gives a browser without cookies to go there.
func (s *site) serve(handler http.Handler) {
	s.t.Helper()
	server := httptest.NewServer(handler)
	s.t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	require.NoError(s.t, err)
	s.url, s.client = server.URL, &http.Client{Jar: jar}
}

// answer is a page that came back.
type answer struct {
	*http.Response

	text string
	root *html.Node
}

func (s *site) get(path string, headers ...string) answer {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path, http.NoBody)
	require.NoError(s.t, err)
	return s.do(request, headers...)
}

func (s *site) post(path string, form url.Values, headers ...string) answer {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url+path, strings.NewReader(form.Encode()))
	require.NoError(s.t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(request, headers...)
}

func (s *site) do(request *http.Request, headers ...string) answer {
	s.t.Helper()
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := s.client.Do(request)
	require.NoError(s.t, err)
	defer response.Body.Close()
	var body bytes.Buffer
	_, err = body.ReadFrom(response.Body)
	require.NoError(s.t, err)
	root, err := html.Parse(bytes.NewReader(body.Bytes()))
	require.NoError(s.t, err)
	return answer{Response: response, text: body.String(), root: root}
}

// existing opens the page and fills in the form for customers.
func (s *site) existing(path, email string) url.Values {
	s.t.Helper()
	return url.Values{"form_token": {s.get(path).formToken(s.t)}, "who": {"existing"}, "email": {email}}
}

// customer opens the page and fills in the form for new customers.
func (s *site) customer(path string, entries ...string) url.Values {
	s.t.Helper()
	form := url.Values{
		"form_token": {s.get(path).formToken(s.t)}, "who": {"new"},
		"name": {"Gymnasium Nord"}, "email": {"office@nord.example"}, "country": {"DE"},
	}
	for i := 0; i+1 < len(entries); i += 2 {
		form.Set(entries[i], entries[i+1])
	}
	return form
}

func (a answer) formToken(t *testing.T) string {
	t.Helper()
	input := a.find(func(n *html.Node) bool { return attr(n, "name") == "form_token" })
	require.NotNil(t, input, "no form on the page:\n%s", a.text)
	return attr(input, "value")
}

func (a answer) find(match func(*html.Node) bool) *html.Node {
	for n := range a.root.Descendants() {
		if n.Type == html.ElementNode && match(n) {
			return n
		}
	}
	return nil
}

func (a answer) all(tag string) []*html.Node {
	var found []*html.Node
	for n := range a.root.Descendants() {
		if n.Type == html.ElementNode && n.Data == tag {
			found = append(found, n)
		}
	}
	return found
}

func (a answer) byID(t *testing.T, id string) *html.Node {
	t.Helper()
	n := a.find(func(n *html.Node) bool { return attr(n, "id") == id })
	require.NotNil(t, n, "no element has the id %q", id)
	return n
}

func (a answer) title() string { return content(a.all("title")[0]) }
func (a answer) h1() string    { return content(a.all("h1")[0]) }

func attr(n *html.Node, name string) string {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
	if i < 0 {
		return ""
	}
	return n.Attr[i].Val
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
