package clitest_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"

	"github.com/rogpeppe/go-internal/testscript"
)

// settle does what a person does on the development payment page, and prints the page
// that comes of it: pay|cancel URL.
func (r *runner) settle(ts *testscript.TestScript, args []string) {
	if len(args) != 2 {
		ts.Fatalf("settle pay|cancel URL")
	}
	jar, err := cookiejar.New(nil)
	ts.Check(err)
	browser := &http.Client{Jar: jar}
	read := func(answer *http.Response, err error) string {
		ts.Check(err)
		text, err := io.ReadAll(answer.Body)
		ts.Check(err)
		ts.Check(answer.Body.Close())
		return string(text)
	}
	page := read(browser.Get(args[1]))
	token := regexp.MustCompile(`name="form_token" value="([^"]+)"`).FindStringSubmatch(page)
	if token == nil {
		_, err := io.WriteString(ts.Stdout(), page) // it says why nothing can be paid
		ts.Check(err)
		return
	}
	form := url.Values{"form_token": {token[1]}, "action": {args[0]}}
	_, err = io.WriteString(ts.Stdout(), read(browser.PostForm(args[1], form)))
	ts.Check(err)
}
