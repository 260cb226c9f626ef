package device

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	return command.NewList(f, "list", command.Listing[api.DeviceListInput, api.DeviceFilter, api.Device]{
		Text: command.Text{
			Short: "List devices",
			Long:  "List devices, those that were activated last first. One that was deactivated stays in the list.",
			Example: "  $ resell device list --company example.edu --state active\n" +
				"  $ resell device list --license 7GK2M9QX --json serial,name,activated_at",
		},
		Op:      api.DeviceList,
		Input:   func(filter api.DeviceFilter) api.DeviceListInput { return api.DeviceListInput{DeviceFilter: filter} },
		Columns: columns,
	})
}
