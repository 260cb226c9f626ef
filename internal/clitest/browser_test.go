package clitest_test

import (
	"errors"

	"github.com/rogpeppe/go-internal/testscript"
)

// browse shows a page in the script's browser.
func (r *runner) browse(url string) error {
	if r.browser == nil {
		return errors.New("no browser is installed")
	}
	*r.browser = url
	return nil
}

func (r *runner) browses(ts *testscript.TestScript, args []string) {
	switch {
	case len(args) == 0:
		r.browser = new(string)
	case r.browser == nil:
		ts.Fatalf("there is no browser")
	case *r.browser != args[0]:
		ts.Fatalf("the browser shows %q", *r.browser)
	}
}
