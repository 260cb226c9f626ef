package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdResume(f *command.Factory, runF func(context.Context, *pauseOptions) error) *cobra.Command {
	o := &pauseOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "resume <license>",
		Short:   "Resume a paused license",
		Example: "  $ resell license resume 7GK2M9QX",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.license = args[0]
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return actRun(cmd.Context(), o, api.LicenseResume)
		},
	}
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.License{})
	return cmd
}
