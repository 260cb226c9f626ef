package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type transferOptions struct {
	*command.Factory
	command.WriteFlags
	api.LicenseTransferBody
	license string
}

func newCmdTransfer(f *command.Factory) *cobra.Command {
	o := &transferOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "transfer <license>",
		Short: "Transfer a license to a replacement device",
		Long: `Transfer a license, named by its id or coupon, from an active device to the one that replaces it.

The seat stays the same, so that this works also where every seat is taken. Where a key has activated the
device, it moves on every license of the key. A perpetual license can never be transferred.`,
		Example: "  $ resell license transfer 7GK2M9QX --from-serial SN-0001 --to-serial SN-0002",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.license = args[0]
			return transferRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.FromSerial, "from-serial", "", "serial `number` of the device that is replaced")
	flags.StringVar(&o.ToSerial, "to-serial", "", "serial `number` of the device that replaces it")
	o.WriteFlags.Bind(cmd)
	for _, name := range []string{"from-serial", "to-serial"} {
		_ = cmd.MarkFlagRequired(name) // the flag exists
	}
	f.Results(cmd, api.Device{})
	return cmd
}

func transferRun(ctx context.Context, o *transferOptions) error {
	device, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseTransfer, api.LicenseTransferInput{License: o.license, Body: o.LicenseTransferBody})
	if err != nil {
		return err
	}
	return o.Show(device, deviceColumns)
}

// deviceColumns are those of a device as a license shows it.
func deviceColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id", Header: "Device"},
		{Field: "serial"},
		{Field: "name"},
		{Field: "state"},
		{Field: "license.id", Header: "License"},
		{Field: "license.product", Header: "Product"},
		{Field: "key"},
		{Field: "activated_at", Format: p.Day()},
		{Field: "allowed_actions"},
	}
}
