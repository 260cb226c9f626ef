package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type fileOptions struct {
	*command.Factory
	command.WriteFlags
	api.LicenseFileBody
	license string
	file    string
}

func newCmdFile(f *command.Factory) *cobra.Command {
	o := &fileOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "file <license>",
		Short: "Make a license file for a device without a network",
		Long: `Make the license file of a device on a license, named by its id or coupon, and print it, or write it with
--file. A program verifies it without a network: resell license verify, with the public key that
resell license public-key prints.

The device is activated for it, within the license's quantity; one that is active already gets another
file. After an extension make a new one: a file says when the license ends. With --encrypt only
who knows the code, the coupon or with --key the key, can read it.`,
		Example: "  $ resell license file 7GK2M9QX --serial SN-0001 --file labs.lic\n" +
			"  $ resell license file 7GK2M9QX --serial SN-0001 --key FRNT-DESK-2026-0001 --encrypt > labs.lic\n" +
			"  $ resell license public-key",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.license = args[0]
			if err := command.CheckTarget(o.file); err != nil {
				return err
			}
			return fileRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Serial, "serial", "", "serial `number` of the device")
	flags.StringVar(&o.Name, "name", "", "`name` of the device, for people")
	flags.StringVar(&o.Key, "key", "", "activate by this key: id or `code`")
	flags.BoolVar(&o.Encrypt, "encrypt", false, "make it readable only with the code")
	flags.StringVarP(&o.file, "file", "f", "", "write it to this `file`")
	o.WriteFlags.Bind(cmd)
	_ = cmd.MarkFlagRequired("serial") // the flag exists
	f.Results(cmd, api.LicenseFile{})
	return cmd
}

func fileRun(ctx context.Context, o *fileOptions) error {
	made, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseSignFile, api.LicenseFileInput{License: o.license, Body: o.LicenseFileBody})
	if err != nil {
		return err
	}
	switch {
	case o.file != "" && o.file != "-":
		if err := command.WriteFile(o.file, []byte(made.File)); err != nil {
			return err
		}
		o.Note("%s: the license file of %s", o.file, made.Device.Serial)
	case !o.WantsJSON() && o.Output == "":
		p, err := o.Printer()
		if err != nil {
			return err
		}
		return p.Text("%s", made.File)
	}
	return o.Show(made, licenseFileColumns)
}

// licenseFileColumns are those of a license file that was made; not to be confused with
// fileDetails, of one that was verified.
func licenseFileColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "license_id", Header: "License"},
		{Field: "device.id", Header: "Device"},
		{Field: "device.serial", Header: "Serial"},
		{Field: "code"},
		{Field: "encrypted"},
		{Field: "issued_at", Format: p.Day()},
	}
}
