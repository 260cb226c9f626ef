package company

import (
	"context"
	"fmt"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func editColumns() []command.BulkColumn {
	return []command.BulkColumn{
		{Name: "company", Doc: "id, domain or exact name", Example: "example.edu", Needed: true, Subject: true},
		{Name: "name", Doc: "name"},
		{Name: "alternate_name", Doc: "another name it goes by"},
		{Name: "domain", Doc: "domain, unique among your companies"},
		{Name: "email", Doc: "address for invoices", Example: "invoices@example.edu"},
		{Name: "phone", Doc: "phone number"},
		{Name: "country", Doc: "two-letter code, such as DE"},
		{Name: "address", Doc: "street address"},
		{Name: "postal_code", Doc: "postal code"},
		{Name: "city", Doc: "city"},
		{Name: "vat_id", Doc: "VAT identification number"},
		{Name: "note", Doc: "text for yourself"},
		{Name: "language", Doc: "language of what is sent to it, such as de"},
		{Name: "setup_assistant", Doc: "true or false: whether the setup assistant must be completed"},
		{Name: "version", Flag: "if-version", Doc: "refuse unless the company still has this version"},
	}
}

func editBulk() command.Bulk[api.CompanyEditInput, api.Company] {
	return command.Bulk[api.CompanyEditInput, api.Company]{
		Op:      api.CompanyEdit,
		Columns: editColumns(),
		Input:   editOf,
		Preview: func(ctx context.Context, f *command.Factory, in api.CompanyEditInput) (command.BulkPreview, error) {
			c, err := tryEdit(ctx, f, in)
			return command.BulkPreview{ID: c.ID, Message: c.Name}, err
		},
		Outcome: func(c api.Company) command.BulkOutcome { return command.BulkOutcome{ID: c.ID} },
		Settled: func(ctx context.Context, f *command.Factory, in api.CompanyEditInput, refusal *api.Problem) (bool, error) {
			if refusal.Code != "version_conflict" {
				return false, nil
			}
			c, err := command.Call(ctx, f, api.CompanyView, api.CompanyViewInput{Company: in.Company})
			return err == nil && command.Same(in.Body, c), err
		},
		Deed: func(n int) string {
			if n == 1 {
				return "Edit 1 company"
			}
			return fmt.Sprintf("Edit %d companies", n)
		},
	}
}

// tryEdit asks the server what an edit would come to, and tells of one that is refused
// what the company is now.
func tryEdit(ctx context.Context, f *command.Factory, in api.CompanyEditInput) (api.Company, error) {
	in.DryRun = true
	return command.TryEdit(ctx, f, api.CompanyEdit, in, in.Body, api.CompanyView, api.CompanyViewInput{Company: in.Company})
}

func editOf(row *command.BulkRow) api.CompanyEditInput {
	in := api.CompanyEditInput{Company: row.Text("company")}
	for _, c := range editColumns()[1:] {
		if to, ok := textField(&in.Body, c.Name); ok {
			*to = row.Optional(c.Name)
		}
	}
	if row.Text("setup_assistant") != "" {
		on := row.Bool("setup_assistant")
		in.Body.SetupAssistant = &on
	}
	if in.Body == (api.CompanyFields{}) {
		row.Refuse("", "nothing to change")
	}
	if version := row.Number("version"); version != 0 {
		in.IfMatch = command.IfMatch(version)
	}
	return in
}
