package company

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

const (
	glance = 20 // rows of each list
	soon   = 90 // days
	// soonest is how many licenses are looked at for those that expire first: a page.
	soonest = 500
)

// cardOf is a company with what belongs to it.
func cardOf(ctx context.Context, f *command.Factory, p *output.Printer, company api.Company) (output.Card, error) {
	card := output.Card{Title: company.Name}
	facts := slices.DeleteFunc(details(p), func(c output.Column) bool { return c.Field == "name" })
	card.Sections = append(card.Sections, output.Section{Item: company, Columns: facts})
	for _, section := range []func(context.Context, *command.Factory, *output.Printer, api.Company) (output.Section, error){
		locations, licenses, expiring, openInvoices,
	} {
		s, err := section(ctx, f, p, company)
		if err != nil {
			return card, err
		}
		card.Sections = append(card.Sections, s)
	}
	return card, nil
}

func locations(ctx context.Context, f *command.Factory, _ *output.Printer, company api.Company) (output.Section, error) {
	s := output.Section{Heading: "Locations", Columns: locationColumns(nil)}
	more := "resell company location list " + company.ID
	return listed(ctx, f, s, api.LocationList, api.LocationListInput{Company: company.ID}, more)
}

func licenses(ctx context.Context, f *command.Factory, p *output.Printer, company api.Company) (output.Section, error) {
	s := output.Section{Heading: "Licenses", Columns: licenseColumns(p)}
	in := api.LicenseListInput{LicenseFilter: api.LicenseFilter{Company: company.ID}}
	return listed(ctx, f, s, api.LicenseList, in, "resell license list --company "+company.ID)
}

func openInvoices(ctx context.Context, f *command.Factory, p *output.Printer, company api.Company) (output.Section, error) {
	s := output.Section{Heading: "Open invoices", Columns: []output.Column{
		{Field: "number"},
		{Field: "issued_on"},
		{Field: "due_on", Header: "DUE"},
		{Field: "amount", Format: p.Money("currency"), Right: true},
	}}
	in := api.InvoiceListInput{
		InvoiceDirection: api.InvoiceDirection{Direction: "sent"},
		InvoiceFilter:    api.InvoiceFilter{Company: company.ID, State: "sent", Kind: "invoice"},
	}
	return listed(ctx, f, s, api.InvoiceList, in, "resell invoice list --company "+company.ID+" --state sent")
}

// expiring is what ends within 90 days, the next first.
func expiring(ctx context.Context, f *command.Factory, p *output.Printer, company api.Company) (output.Section, error) {
	s := output.Section{Heading: "Expires next", Columns: licenseColumns(p)}
	in := api.LicenseListInput{LicenseFilter: api.LicenseFilter{Company: company.ID, ExpiringWithin: soon}}
	rows, err := command.First(ctx, f, api.LicenseList, in, soonest)
	if err != nil {
		return notShown(s, err)
	}
	slices.SortStableFunc(rows, func(a, b api.License) int { return cmp.Compare(end(a), end(b)) })
	if len(rows) == 0 {
		s.Note = fmt.Sprintf("nothing within %d days", soon)
	}
	if len(rows) > glance {
		rows = rows[:glance]
		s.Note = fmt.Sprintf("and more: resell license list --company %s --expiring-within %dd", company.ID, soon)
	}
	s.Rows = rows
	return s, nil
}

func end(l api.License) string {
	if l.EndsOn == nil {
		return ""
	}
	return *l.EndsOn
}

// listed fills a section with the first rows of a list, and says where the others are.
func listed[I, T any, P interface {
	*I
	Turn(cursor string)
	SetLimit(rows int)
}](ctx context.Context, f *command.Factory, s output.Section, op api.Op[I, api.List[T]], in I, more string) (output.Section, error) {
	rows, err := command.First[I, T, P](ctx, f, op, in, glance+1)
	if err != nil {
		return notShown(s, err)
	}
	switch {
	case len(rows) == 0:
		s.Note = "none"
	case len(rows) > glance:
		rows = rows[:glance]
		s.Note = "and more: " + more
	}
	s.Rows = rows
	return s, nil
}

// notShown says why a section is empty that the token may not see.
func notShown(s output.Section, err error) (output.Section, error) {
	problem, ok := errors.AsType[*api.Problem](err)
	if !ok || problem.Status != http.StatusForbidden {
		return s, fmt.Errorf("%s: %w", strings.ToLower(s.Heading), err)
	}
	s.Note = "not shown: " + problem.Error()
	return s, nil
}

func licenseColumns(p *output.Printer) []output.Column {
	day := p.Day()
	return []output.Column{
		{Field: "coupon"},
		{Field: "product.sku", Header: "PRODUCT"},
		{Field: "quantity", Header: "QTY", Right: true},
		{Field: "state"},
		{Field: "ends_on", Header: "ENDS", Format: func(v any, row map[string]any) string {
			if v == nil {
				return "never"
			}
			return day(v, row)
		}},
		{Field: "name"},
		{Field: "billing"},
	}
}
