package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type pauseOptions struct {
	*command.Factory
	command.WriteFlags
	license string
}

func newCmdPause(f *command.Factory, runF func(context.Context, *pauseOptions) error) *cobra.Command {
	o := &pauseOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "pause <license>",
		Short:   "Pause a license without deleting it",
		Long:    "Pause a license, named by its id or coupon. Its end does not move; resume it at any time.",
		Example: "  $ resell license pause 7GK2M9QX",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.license = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return actRun(cmd.Context(), o, api.LicensePause)
		},
	}
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.License{})
	return cmd
}

func actRun(ctx context.Context, o *pauseOptions, op api.Op[api.LicenseActionInput, api.License]) error {
	license, err := command.Write(ctx, o.Factory, o.WriteFlags, op, api.LicenseActionInput{License: o.license})
	if err != nil {
		return err
	}
	return o.Show(license, details)
}
