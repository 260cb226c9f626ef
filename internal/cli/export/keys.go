package export

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdKeys(f *command.Factory, format string) *cobra.Command {
	var filter api.KeyFilter
	return newCmd(f, format, "keys", &filter, func(ctx context.Context, o *options) error {
		return command.Export(ctx, f, o.ExportFlags, api.ExportKeys, api.ExportKeysInput{ExportFormat: o.ExportFormat, KeyFilter: filter})
	})
}
