package export

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdDevices(f *command.Factory, format string) *cobra.Command {
	var filter api.DeviceFilter
	return newCmd(f, format, "devices", &filter, func(ctx context.Context, o *options) error {
		return command.Export(ctx, f, o.ExportFlags, api.ExportDevices, api.ExportDevicesInput{ExportFormat: o.ExportFormat, DeviceFilter: filter})
	})
}
