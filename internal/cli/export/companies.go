package export

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdCompanies(f *command.Factory, format string) *cobra.Command {
	var filter api.CompanyFilter
	return newCmd(f, format, "companies", &filter, func(ctx context.Context, o *options) error {
		return command.Export(ctx, f, o.ExportFlags, api.ExportCompanies, api.ExportCompaniesInput{ExportFormat: o.ExportFormat, CompanyFilter: filter})
	})
}
