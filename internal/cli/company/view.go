package company

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	return command.NewView(f, command.View[api.CompanyViewInput, api.Company]{
		Text: command.Text{
			Short: "View a company",
			Long:  "View a company, named by its id, its domain, or its exact name.",
			Example: "  $ resell company view example.edu\n" +
				"  $ resell company view \"Example University\" -o json",
		},
		Op:      api.CompanyView,
		Noun:    "company",
		Input:   func(ref string) api.CompanyViewInput { return api.CompanyViewInput{Company: ref} },
		Columns: details,
	})
}
