package export

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdLicenses(f *command.Factory, format string) *cobra.Command {
	var filter api.LicenseFilter
	return newCmd(f, format, "licenses", &filter, func(ctx context.Context, o *options) error {
		return command.Export(ctx, f, o.ExportFlags, api.ExportLicenses, api.ExportLicensesInput{ExportFormat: o.ExportFormat, LicenseFilter: filter})
	})
}
