package device

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type deactivateOptions struct {
	*command.Factory
	command.WriteFlags
	device string
}

func newCmdDeactivate(f *command.Factory, runF func(context.Context, *deactivateOptions) error) *cobra.Command {
	o := &deactivateOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "deactivate <device>",
		Short: "Deactivate a device",
		Long: `Deactivate a device, named by its id: its place is free for another one.

A device that a key has activated is deactivated on every license of the key. It can be activated again.`,
		Example: "  $ resell device deactivate dev_01K9Z3M4N5P6Q7R8S9T0V1W2X3",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.device = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return deactivateRun(cmd.Context(), o)
		},
	}
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.Device{})
	return cmd
}

func deactivateRun(ctx context.Context, o *deactivateOptions) error {
	device, err := command.Write(ctx, o.Factory, o.WriteFlags, api.DeviceDeactivate, api.DeviceDeactivateInput{Device: o.device})
	if err != nil {
		return err
	}
	return o.Show(device, details)
}
