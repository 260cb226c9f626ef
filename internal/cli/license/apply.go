package license

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdApply(f *command.Factory) *cobra.Command {
	a, flags := applyLicenses(), command.ApplyFlags{}
	cmd := &cobra.Command{
		Use:   "apply --file <file>",
		Short: "Change licenses as they were edited in an export",
		Long:  command.ApplyHelp(a.Nouns, a.Editable),
		Example: "  $ resell export csv licenses --company example.edu --file licenses.csv\n" +
			"  $ resell license apply --file licenses.csv --dry-run\n" +
			"  $ resell license apply --file licenses.csv --yes --results results.csv",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.Run(cmd.Context(), f, cmd, &flags) },
	}
	flags.Bind(cmd)
	f.Results(cmd, command.BulkResult{}, command.FieldChange{})
	return cmd
}

func applyLicenses() command.Apply[api.ExportLicensesInput, api.LicenseEditInput, api.License] {
	return command.Apply[api.ExportLicensesInput, api.LicenseEditInput, api.License]{
		Noun: "license", Nouns: "licenses",
		Export: api.ExportLicenses,
		Rows: func(ids string) api.ExportLicensesInput {
			return api.ExportLicensesInput{ExportFormat: api.ExportFormat{Format: "csv", Raw: true}, IDs: ids}
		},
		Editable: []string{"name", "note", "email", "invoice_reference"},
		Elsewhere: map[string]string{
			"quantity": "resell license upgrade", "product": "resell license upgrade",
			"term": "resell license extend", "starts_on": "resell license extend", "ends_on": "resell license extend",
			"company_id": "resell license assign", "serials": "resell license transfer", "auto_renew": "resell license auto-renew",
			"activated_at": "resell license activate", "billing": "resell invoice send --license",
		},
		Moving: []string{"state", "key_seats", "company", "company_domain", "reseller"},
		Input: func(id, etag string, fields map[string]string) api.LicenseEditInput {
			in := api.LicenseEditInput{License: id, IfMatch: etag}
			for field, to := range map[string]**string{
				"name": &in.Body.Name, "note": &in.Body.Note, "email": &in.Body.Email, "invoice_reference": &in.Body.InvoiceReference,
			} {
				if text, ok := fields[field]; ok {
					*to = &text
				}
			}
			return in
		},
		Edit: editBulk(),
	}
}
