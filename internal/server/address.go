package server

import (
	"bytes"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/resell-cli/resell/internal/licensing"
)

// saneAddress refuses addresses that hold what is no text, and parameters that say
// nothing or two things at once, rather than repair them in silence.
func saneAddress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := checkAddress(r.URL); err != nil {
			writeProblem(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func checkAddress(u *url.URL) error {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return licensing.Errorf(licensing.CodeInvalidRequest, "the query of the address is malformed").Because(err)
	}
	if err := checkText("the address", []byte(u.Path)); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		for _, text := range append(query[name], name) {
			if err := checkText("the address", []byte(text)); err != nil {
				return err
			}
		}
		if len(query[name]) > 1 {
			return licensing.Invalid(name, "is given twice")
		}
		if strings.TrimSpace(query[name][0]) == "" {
			return licensing.Invalid(name, "is empty").WithHint("leave the parameter out to choose everything")
		}
	}
	return nil
}

// checkText refuses what is not UTF-8, and zero characters, which not every database
// can keep.
func checkText(what string, text []byte) error {
	if !utf8.Valid(text) {
		return licensing.Errorf(licensing.CodeInvalidRequest, "%s holds bytes that are not UTF-8 text", what)
	}
	if bytes.IndexByte(text, 0) >= 0 {
		return licensing.Errorf(licensing.CodeInvalidRequest, "%s holds a zero character", what)
	}
	return nil
}
