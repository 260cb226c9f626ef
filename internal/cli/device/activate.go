package device

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type activateOptions struct {
	*command.Factory
	command.WriteFlags
	api.DeviceActivateBody
}

func newCmdActivate(f *command.Factory) *cobra.Command {
	o := &activateOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "activate [license]",
		Short: "Activate a device",
		Long: `Activate a device on a license, named by its id or coupon, or with --key by an activation key.

The quantity of the license bounds its devices, and the seats of a key those that it activates. A key
activates on each of its licenses that runs. A perpetual license that was bought for serial numbers
takes those alone. A serial number that is active already stays as it is.`,
		Example: "  $ resell device activate 7GK2M9QX --serial SN-0001 --name Reception\n" +
			"  $ resell device activate --key FRNT-DESK-2026-0001 --serial SN-0002",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == (o.Key != "") {
				return command.Usage("name a license, or give --key; one of the two")
			}
			if len(args) == 1 {
				o.License = args[0]
			}
			return activateRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Key, "key", "", "activate with this key: id or `code`")
	flags.StringVar(&o.Serial, "serial", "", "serial `number` of the device")
	flags.StringVar(&o.Name, "name", "", "`name` of the device, for people")
	o.WriteFlags.Bind(cmd)
	_ = cmd.MarkFlagRequired("serial") // the flag exists
	f.Results(cmd, api.Device{})
	return cmd
}

func activateRun(ctx context.Context, o *activateOptions) error {
	device, err := command.Write(ctx, o.Factory, o.WriteFlags, api.DeviceActivate, api.DeviceActivateInput{Body: o.DeviceActivateBody})
	if err != nil {
		return err
	}
	return o.ShowDone(device, "Activated the device "+device.Serial+".", details, details)
}
