package clitest_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/cli"
	"github.com/resell-cli/resell/internal/clitest"
)

// desk is a reseller with a server of its own.
type desk struct {
	t      *testing.T
	server *clitest.Server
	env    map[string]string
}

func newDesk(t *testing.T) desk {
	t.Helper()
	s := clitest.Start(t, clitest.Options{MailDir: filepath.Join(t.TempDir(), "mail")})
	return desk{t, s, map[string]string{
		"RESELL_HOST": s.URL, "RESELL_TOKEN": s.Token(t, "demo", noExpiry()), "RESELL_MAX_WAIT": "0s",
		"RESELL_CONFIG_DIR": t.TempDir(), "RESELL_STATE_DIR": t.TempDir(),
	}}
}

// resell runs a command that succeeds, and gives what it prints.
func (d desk) resell(args ...string) string {
	d.t.Helper()
	var stdout, stderr bytes.Buffer
	code := cli.Main(d.t.Context(), cli.Process{
		Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Now: d.server.Clock.Now,
		Getenv: func(name string) string { return d.env[name] },
	})
	require.Zero(d.t, code, "%v: %s", args, stderr.String())
	return strings.TrimSpace(stdout.String())
}

// link buys a license for stock and gives it with the address of its link.
func (d desk) link() (license, address string) {
	d.t.Helper()
	license = d.resell("license", "add", "--product", "office-suite", "--term", "full:1", "--quantity", "5", "--yes", "-o", "name")
	return license, d.resell("license", "link", license, "--json", "url", "--jq", ".url")
}

// The whole way: a link is made, opened in a browser, and the license is the customer's.
func TestActivationInABrowser(t *testing.T) {
	t.Parallel()
	tab := openBrowser(t)
	d := newDesk(t)
	license, address := d.link()

	var heading, said string
	leads := func(actions ...chromedp.Action) {
		t.Helper()
		_, err := chromedp.RunResponse(tab, actions...)
		require.NoError(t, err)
		require.NoError(t, chromedp.Run(tab, chromedp.Text("h1", &heading, chromedp.ByQuery), chromedp.Text("body", &said, chromedp.ByQuery)))
	}
	leads(chromedp.Navigate(address))
	require.Contains(t, heading, "Office suite")
	require.Contains(t, said, "Demo Reseller")

	// An address that nobody knows, and then the form for new customers.
	leads(chromedp.SetValue("#existing-email", "nobody@nord.example", chromedp.ByID), chromedp.Submit("#existing-email", chromedp.ByID))
	require.Contains(t, said, "Demo Reseller knows no customer with this address.")
	leads(chromedp.SetValue("#new-name", "Gymnasium Nord", chromedp.ByID), chromedp.SetValue("#new-email", "office@nord.example", chromedp.ByID),
		chromedp.SetValue("#new-contact", "Ada Lovelace", chromedp.ByID), chromedp.SetValue("#new-country", "DE", chromedp.ByID),
		chromedp.Submit("#new-name", chromedp.ByID))
	require.Equal(t, "Office suite is activated", heading)
	require.Contains(t, said, "office@nord.example")

	require.Equal(t, "active Gymnasium Nord", d.resell("license", "view", license, "-o", "json", "--jq", `.state + " " + .company.name`))
	require.Equal(t, "DE Contact: Ada Lovelace en", d.resell("company", "view", "Gymnasium Nord", "-o", "json", "--jq", `.country + " " + .note + " " + .language`))
	leads(chromedp.Navigate(address))
	require.Equal(t, "This link has been used already", heading)

	// For one that is known, in its own language, by the same way.
	license, address = d.link()
	leads(chromedp.Navigate(address + "?lang=de"))
	leads(chromedp.SetValue("#existing-email", "office@nord.example", chromedp.ByID), chromedp.Submit("#existing-email", chromedp.ByID))
	require.Equal(t, "Office suite ist aktiviert", heading)
	require.Equal(t, "active Gymnasium Nord", d.resell("license", "view", license, "-o", "json", "--jq", `.state + " " + .company.name`))
}

// openBrowser gives a tab of a real browser. Without one the test is skipped, or fails
// with CI=true.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("RESELL_TEST_CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path == "" {
			path, _ = exec.LookPath(name)
		}
	}
	if path == "" {
		const missing = "there is no Chromium to open a link with; install chromium or set RESELL_TEST_CHROMIUM"
		if os.Getenv("CI") == "true" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(time.Minute)}
	for _, flag := range []string{"headless", "no-sandbox", "disable-gpu", "no-first-run", "disable-dev-shm-usage", "disable-background-networking"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	browser, closeBrowser := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(func() {
		_ = chromedp.Cancel(browser) // waits for it to end, so that its profile can be removed
		closeBrowser()
		stop()
	})
	require.NoError(t, chromedp.Run(browser), "start %s", path)
	tab, closeTab := chromedp.NewContext(browser)
	tab, cancel := context.WithTimeout(tab, 2*time.Minute)
	t.Cleanup(func() { cancel(); closeTab() })
	return tab
}

// Of several browsers that send their forms at once, one activates the license.
func TestActivationPageOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	license, address := d.link()
	const browsers = 6
	answers := make([]string, browsers)
	var group errgroup.Group
	forms := make([]func() error, browsers)
	for i := range forms {
		forms[i] = d.form(address, "School "+string(rune('A'+i)), &answers[i])
	}
	for _, send := range forms {
		group.Go(send)
	}
	require.NoError(t, group.Wait())
	activated, used := 0, 0
	for _, answer := range answers {
		switch {
		case strings.Contains(answer, "Office suite is activated"):
			activated++
		case strings.Contains(answer, "This link has been used already"):
			used++
		}
	}
	require.Equal(t, []int{1, browsers - 1}, []int{activated, used}, answers)
	require.Equal(t, "1", d.resell("company", "list", "--json", "name", "--jq", "length"))
	require.Equal(t, "active", d.resell("license", "view", license, "--json", "state", "--jq", ".state"))

	// What is no link is told in words, and as a page.
	response, err := http.Get(d.server.URL + "/activate/0000000000000000000000000A")
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusNotFound, response.StatusCode)
	require.Contains(t, string(text), "We do not know this link")
}

// form opens the page as a browser of its own, and gives what sends the form for a new
// customer.
func (d desk) form(address, name string, answer *string) func() error {
	d.t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(d.t, err)
	client := &http.Client{Jar: jar}
	response, err := client.Get(address)
	require.NoError(d.t, err)
	text, err := io.ReadAll(response.Body)
	require.NoError(d.t, err)
	require.NoError(d.t, response.Body.Close())
	token := regexp.MustCompile(`name="form_token" value="([^"]+)"`).FindSubmatch(text)
	require.NotNil(d.t, token, "%s", text)
	values := url.Values{
		"form_token": {string(token[1])}, "who": {"new"}, "name": {name}, "country": {"DE"},
		"email": {strings.ReplaceAll(name, " ", "") + "@nord.example"},
	}
	return func() error {
		response, err := client.PostForm(address, values)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		*answer = string(text)
		return err
	}
}
