package company

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdApply(f *command.Factory) *cobra.Command {
	a, flags := applyCompanies(), command.ApplyFlags{}
	cmd := &cobra.Command{
		Use:   "apply --file <file>",
		Short: "Change companies as they were edited in an export",
		Long:  command.ApplyHelp(a.Nouns, a.Editable),
		Example: "  $ resell export csv companies --country DE --file companies.csv\n" +
			"  $ resell company apply --file companies.csv --dry-run\n" +
			"  $ resell company apply --file companies.csv --yes --results results.csv",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.Run(cmd.Context(), f, cmd, &flags) },
	}
	flags.Bind(cmd)
	f.Results(cmd, command.BulkResult{}, command.FieldChange{})
	return cmd
}

func applyCompanies() command.Apply[api.ExportCompaniesInput, api.CompanyEditInput, api.Company] {
	return command.Apply[api.ExportCompaniesInput, api.CompanyEditInput, api.Company]{
		Noun: "company", Nouns: "companies",
		Export: api.ExportCompanies,
		Rows: func(ids string) api.ExportCompaniesInput {
			return api.ExportCompaniesInput{ExportFormat: api.ExportFormat{Format: "csv", Raw: true}, IDs: ids}
		},
		Editable: []string{
			"name", "domain", "email", "country", "alternate_name", "phone", "address", "postal_code", "city", "vat_id",
			"note", "language", "setup_assistant",
		},
		Switches: []string{"setup_assistant"},
		Moving:   []string{"reseller"},
		Input: func(id, etag string, fields map[string]string) api.CompanyEditInput {
			in := api.CompanyEditInput{Company: id, IfMatch: etag}
			for field, text := range fields {
				if to, ok := textField(&in.Body, field); ok {
					*to = &text
				}
			}
			if text, ok := fields["setup_assistant"]; ok {
				on := text == "true"
				in.Body.SetupAssistant = &on
			}
			return in
		},
		Edit: editBulk(),
	}
}
