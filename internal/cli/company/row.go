package company

import (
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// importColumns are those of an import.
func importColumns() []command.BulkColumn {
	return []command.BulkColumn{
		{Name: "name", Doc: "name", Example: "Example University", Needed: true},
		{Name: "domain", Doc: "domain, unique among your companies", Example: "example.edu", Needed: true},
		{Name: "alternate_name", Doc: "another name it goes by"},
		{Name: "email", Doc: "address for invoices", Example: "office@example.edu"},
		{Name: "phone", Doc: "phone number", Example: "0351 5550100"},
		{Name: "country", Doc: "two-letter code, such as DE", Example: "DE"},
		{Name: "address", Doc: "street address", Example: "Hauptstr. 1"},
		{Name: "postal_code", Doc: "postal code", Example: "01067"},
		{Name: "city", Doc: "city", Example: "Dresden"},
		{Name: "vat_id", Doc: "VAT identification number"},
		{Name: "note", Doc: "text for yourself"},
		{Name: "language", Doc: "language of what is sent to it, such as de", Example: "de"},
		{Name: "setup_assistant", Doc: "true or false: whether the setup assistant must be completed", Example: "false"},
	}
}

// passedOver reports columns of an export that an import has no use for.
func passedOver(column string) bool {
	return slices.Contains([]string{"id", "created_at", "updated_at", "version", "reseller"}, column)
}

// companiesOf reads companies from a table, all of them before anything is sent.
func companiesOf(table command.Table, raw bool) ([]api.CompanyFields, error) {
	var known []string
	for _, c := range importColumns() {
		known = append(known, c.Name)
	}
	for _, name := range table.Header {
		if !slices.Contains(known, name) && !passedOver(name) {
			return nil, command.Usage("%s: there is no column %q; known columns: %s", table.Name, name, strings.Join(known, ", "))
		}
	}
	lines := make(map[string]int) // of each domain
	companies := make([]api.CompanyFields, len(table.Rows))
	for i, row := range table.Rows {
		company, err := companyOf(table, row, raw)
		if err != nil {
			return nil, err
		}
		if before, twice := lines[*company.Domain]; twice {
			return nil, command.Usage("%s, line %d: the domain is that of line %d", table.Name, row.Line, before)
		}
		lines[*company.Domain] = row.Line
		companies[i] = company
	}
	return companies, nil
}

func companyOf(table command.Table, row command.TableRow, raw bool) (api.CompanyFields, error) {
	var company api.CompanyFields
	for c, name := range table.Header {
		cell := row.Cells[c]
		if !raw {
			cell = output.UnguardCell(cell)
		}
		if to, ok := textField(&company, name); ok {
			*to = &cell
			continue
		}
		if name == "setup_assistant" && cell != "" {
			on := cell == "true"
			if !on && cell != "false" {
				return company, command.Usage("%s, line %d: setup_assistant is true or false", table.Name, row.Line)
			}
			company.SetupAssistant = &on
		}
	}
	if *company.Domain == "" || *company.Name == "" {
		return company, command.Usage("%s, line %d: name and domain are needed", table.Name, row.Line)
	}
	return company, nil
}

// textField is the field that a column fills.
func textField(c *api.CompanyFields, column string) (**string, bool) {
	switch column {
	case "name":
		return &c.Name, true
	case "alternate_name":
		return &c.AlternateName, true
	case "domain":
		return &c.Domain, true
	case "email":
		return &c.Email, true
	case "phone":
		return &c.Phone, true
	case "country":
		return &c.Country, true
	case "address":
		return &c.Address, true
	case "postal_code":
		return &c.PostalCode, true
	case "city":
		return &c.City, true
	case "vat_id":
		return &c.VATID, true
	case "note":
		return &c.Note, true
	case "language":
		return &c.Language, true
	}
	return nil, false
}
