package company

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	return command.NewList(f, "list", command.Listing[api.CompanyListInput, api.CompanyFilter, api.Company]{
		Text: command.Text{
			Short: "List companies",
			Long:  "List companies, newest first. --search finds text in any field, ignoring case and accents.",
			Example: "  $ resell company list --search \"ecole superieure\"\n" +
				"  $ resell company list --country DE --json id,name,domain",
		},
		Op: api.CompanyList,
		Input: func(filter api.CompanyFilter) api.CompanyListInput {
			return api.CompanyListInput{CompanyFilter: filter}
		},
		Columns: columns,
	})
}
