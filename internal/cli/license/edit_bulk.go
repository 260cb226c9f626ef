package license

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func editColumns() []command.BulkColumn {
	return []command.BulkColumn{
		licenseColumn(),
		{Name: "name", Doc: "name to find the license by"},
		{Name: "note", Doc: "text about the license", Example: "in the lobby"},
		{Name: "email", Doc: "address of who uses it", Example: "reception@example.edu"},
		{Name: "invoice_reference", Doc: "reference that returns on the invoice", Example: "PO-2027-003"},
		{Name: "version", Flag: "if-version", Doc: "refuse unless the license still has this version"},
	}
}

func editBulk() command.Bulk[api.LicenseEditInput, api.License] {
	return command.Bulk[api.LicenseEditInput, api.License]{
		Op:      api.LicenseEdit,
		Columns: editColumns(),
		Input: func(row *command.BulkRow) api.LicenseEditInput {
			in := api.LicenseEditInput{License: row.Text("license"), Body: api.LicenseFields{
				Name: row.Optional("name"), Note: row.Optional("note"), Email: row.Optional("email"),
				InvoiceReference: row.Optional("invoice_reference"),
			}}
			if in.Body == (api.LicenseFields{}) {
				row.Refuse("", "nothing to change")
			}
			if version := row.Number("version"); version != 0 {
				in.IfMatch = command.IfMatch(version)
			}
			return in
		},
		Preview: func(ctx context.Context, f *command.Factory, in api.LicenseEditInput) (command.BulkPreview, error) {
			l, err := tryEdit(ctx, f, in)
			return command.BulkPreview{ID: l.ID, Message: summary(l, asData)}, err
		},
		Outcome: func(l api.License) command.BulkOutcome { return command.BulkOutcome{ID: l.ID} },
		Settled: func(ctx context.Context, f *command.Factory, in api.LicenseEditInput, refusal *api.Problem) (bool, error) {
			if refusal.Code != "version_conflict" {
				return false, nil
			}
			l, err := command.Call(ctx, f, api.LicenseView, api.LicenseViewInput{License: in.License})
			return err == nil && command.Same(in.Body, l), err
		},
		Deed: func(n int) string { return "Edit " + counted(n, "license") },
	}
}

// tryEdit asks the server what an edit would come to, and tells of one that is refused
// what the license is now.
func tryEdit(ctx context.Context, f *command.Factory, in api.LicenseEditInput) (api.License, error) {
	in.DryRun = true
	return command.TryEdit(ctx, f, api.LicenseEdit, in, in.Body, api.LicenseView, api.LicenseViewInput{License: in.License})
}
