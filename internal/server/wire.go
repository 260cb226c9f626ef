package server

import (
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func page(p api.Page) service.Page { return service.Page{Cursor: p.Cursor, Limit: p.Limit} }

// listing maps a page of rows to what travels.
func listing[T, W any](l service.Listing[T], err error, wire func(T) W) (api.List[W], error) {
	out := api.List[W]{Data: mapped(l.Rows, wire), NextCursor: l.Next}
	return out, err
}

// mapped is never nil, so that it travels as [] and not as null.
func mapped[T, W any](rows []T, wire func(T) W) []W {
	out := make([]W, 0, len(rows))
	for _, row := range rows {
		out = append(out, wire(row))
	}
	return out
}

// some is nil for an empty text: null rather than "".
func some(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// actions are what may be done with something, in words.
func actions(allowed []licensing.Action) []string {
	return mapped(allowed, func(a licensing.Action) string { return string(a) })
}

// versionOf reads If-Match: 0 is any version.
func versionOf(ifMatch, of string) (int64, error) {
	if ifMatch == "" || ifMatch == "*" {
		return 0, nil
	}
	version, err := strconv.ParseInt(strings.Trim(ifMatch, `"`), 10, 64)
	if err != nil || version < 1 {
		return 0, licensing.Invalid("If-Match", "is not an ETag of %s", of)
	}
	return version, nil
}

func words(list []string) []string { return append([]string{}, list...) }

// dates reads the date parameters of a filter: the name of each, its text, and where
// it goes. Empty ones are left alone.
func dates(params ...dateParam) error {
	for _, p := range params {
		if p.text == "" {
			continue
		}
		d, err := licensing.ParseDate(p.text)
		if err != nil {
			return licensing.Invalid(p.name, "is %s", err.Error())
		}
		*p.to = d
	}
	return nil
}

type dateParam struct {
	name, text string
	to         *licensing.Date
}

func companyRef(id, name, domain licensing.Ref) *api.CompanyRef {
	if id == "" {
		return nil
	}
	return &api.CompanyRef{ID: string(id), Name: string(name), Domain: string(domain)}
}
