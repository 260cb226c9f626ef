package page_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"
)

// browser is a tab of a real browser that runs no scripts.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	asked    []string // addresses that the browser asked for
	problems []string // what it complained of
}

// findBrowser skips the test where there is no Chromium, or fails it with CI=true.
func findBrowser(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("RESELL_TEST_CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const missing = "there is no Chromium to test the pages with; install chromium or set RESELL_TEST_CHROMIUM"
	if os.Getenv("CI") == "true" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

// startBrowser gives a way to open tabs of one browser, each with a profile of its
// own. It ends with the test.
func startBrowser(t *testing.T) func(*testing.T) *browser {
	t.Helper()
	path := findBrowser(t)
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(time.Minute)}
	for _, flag := range []string{
		"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "no-default-browser-check", "disable-dev-shm-usage",
		"disable-background-networking", "disable-component-update", "disable-sync", "disable-extensions", "hide-scrollbars",
	} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	// A browser newer than the library tells of things that it does not know, and it
	// complains of each.
	ctx, closeBrowser := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits for it to end, so that its profile can be removed
		closeBrowser()
		stop()
	})
	require.NoError(t, chromedp.Run(ctx), "start %s", path)

	return func(t *testing.T) *browser {
		t.Helper()
		tab, closeTab := chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
		tab, cancel := context.WithTimeout(tab, 2*time.Minute)
		t.Cleanup(func() { cancel(); closeTab() })
		b := &browser{t: t, ctx: tab}
		chromedp.ListenTarget(tab, b.notice)
		b.run(log.Enable(), network.Enable(), emulation.SetScriptExecutionDisabled(true))
		b.phone(375, 667)
		return b
	}
}

func (b *browser) notice(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.asked = append(b.asked, e.Request.Method+" "+e.Request.URL)
	case *log.EventEntryAdded:
		// The console tells of every status that is no success; the tests ask for some.
		if !strings.HasPrefix(e.Entry.Text, "Failed to load resource: the server responded with a status of") {
			b.problems = append(b.problems, e.Entry.Text)
		}
	}
}

func (b *browser) run(actions ...chromedp.Action) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Run(b.ctx, actions...))
}

// leads runs actions that lead to another page, and waits until it is there.
func (b *browser) leads(actions ...chromedp.Action) {
	b.t.Helper()
	_, err := chromedp.RunResponse(b.ctx, actions...)
	require.NoError(b.t, err)
}

func (b *browser) open(address string) {
	b.t.Helper()
	b.leads(chromedp.Navigate(address))
}

// phone makes the window as large as a phone's, in CSS pixels.
func (b *browser) phone(width, height int64) {
	b.t.Helper()
	b.run(chromedp.EmulateViewport(width, height, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2)))
}

func (b *browser) scheme(colours string) {
	b.t.Helper()
	b.run(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: colours}}))
}

// press sends keys to whatever has the focus.
func (b *browser) press(keys string) {
	b.t.Helper()
	b.run(chromedp.KeyEvent(keys))
}

// enter presses the Enter key as a keyboard does. The library's own first event is of
// another type, after which the browser lets the character through to whatever has
// the focus by then: Enter on a link to a field would send the form of the field.
func enter() chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		for _, event := range kb.Encode('\r') {
			if event.Type == input.KeyDown {
				event.Type = input.KeyRawDown
			}
			if err := event.Do(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

// value evaluates an expression about the page from outside of it.
func value[T any](b *browser, expression string) T {
	b.t.Helper()
	var v T
	b.run(chromedp.Evaluate(expression, &v))
	return v
}

func (b *browser) h1() string {
	b.t.Helper()
	return value[string](b, `document.querySelector("h1").textContent`)
}

// focused names what has the focus by its id, name and value, or class.
func (b *browser) focused() string {
	b.t.Helper()
	return value[string](b, `(e => e.id || (e.name ? e.name + "=" + e.value : e.className || e.textContent.trim()))(document.activeElement)`)
}

// keepPicture writes the whole page to a file of RESELL_TEST_SCREENSHOTS, for people
// who want to see it.
func (b *browser) keepPicture(name string) {
	b.t.Helper()
	dir := os.Getenv("RESELL_TEST_SCREENSHOTS")
	if dir == "" {
		return
	}
	var png []byte
	b.run(chromedp.FullScreenshot(&png, 100))
	require.NoError(b.t, os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600))
}
