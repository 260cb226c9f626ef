package device

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdDeactivate(f *command.Factory) *cobra.Command {
	return command.NewAction(f, "deactivate", command.Action[api.DeviceDeactivateInput, api.Device]{
		Text: command.Text{
			Short: "Deactivate a device",
			Long: `Deactivate a device, named by its id: its place is free for another one.

A device that a key has activated is deactivated on every license of the key. It can be activated again.`,
			Example: "  $ resell device deactivate dev_01K9Z3M4N5P6Q7R8S9T0V1W2X3",
		},
		Op:      api.DeviceDeactivate,
		Noun:    "device",
		Input:   func(ref string) api.DeviceDeactivateInput { return api.DeviceDeactivateInput{Device: ref} },
		Columns: details,
		Did:     func(d api.Device) string { return "Deactivated the device " + d.Serial + "." },
	})
}
