package key

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type assignOptions struct {
	*command.Factory
	command.WriteFlags
	api.KeyAssignBody
	key string
}

func newCmdAssign(f *command.Factory) *cobra.Command {
	o := &assignOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "assign <key>",
		Short: "Assign licenses to a key",
		Long: `Assign licenses, support periods and subscriptions to a key, named by its id or code: all of them, or none.

The key then unlocks them beside those that it has. Its seats count against the quantity of each, and
what a key unlocks is of one company. A license that it has already stays as it is.`,
		Example: "  $ resell key assign FRNT-DESK-2026-0001 --license 7GK2M9QX\n" +
			"  $ resell key assign FRNT-DESK-2026-0001 --license 7GK2M9QX --license 4HT8W2NC",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.key = args[0]
			return assignRun(cmd.Context(), o)
		},
	}
	cmd.Flags().StringArrayVarP(&o.Licenses, "license", "l", nil, "id or `coupon` of a license; may be repeated")
	o.WriteFlags.Bind(cmd)
	_ = cmd.MarkFlagRequired("license") // the flag exists
	f.Results(cmd, api.Key{})
	return cmd
}

func assignRun(ctx context.Context, o *assignOptions) error {
	key, err := command.Write(ctx, o.Factory, o.WriteFlags, api.KeyAssign, api.KeyAssignInput{Key: o.key, Body: o.KeyAssignBody})
	if err != nil {
		return err
	}
	return o.ShowDone(key, "Assigned the key "+key.Code+".", details, details)
}
