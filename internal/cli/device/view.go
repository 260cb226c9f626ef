package device

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	return command.NewView(f, command.View[api.DeviceViewInput, api.Device]{
		Text: command.Text{
			Short:   "View a device",
			Long:    "View a device, named by its id, with what may be done with it now.",
			Example: "  $ resell device view dev_01K9Z3M4N5P6Q7R8S9T0V1W2X3",
		},
		Op:      api.DeviceView,
		Noun:    "device",
		Input:   func(ref string) api.DeviceViewInput { return api.DeviceViewInput{Device: ref} },
		Columns: details,
	})
}
