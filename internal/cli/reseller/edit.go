package reseller

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type editOptions struct {
	*command.Factory
	fieldFlags
	reseller string
	disabled *bool
	version  int64
}

func newCmdEdit(f *command.Factory) *cobra.Command {
	o := &editOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "edit <reseller>",
		Short: "Edit a reseller",
		Long: `Change the profile of a sub-reseller, what it may sell, or whether it may do business at all. What is not
given stays as it is; an empty one is removed. Of your own account you change the profile alone.

Nobody of a reseller that is disabled can sign in or use a token; its licenses stay as they are. Where
the first password is still on its way to the old e-mail address, another one is mailed to the new one.`,
		Example: "  $ resell reseller edit north --email sales@north.example\n" +
			"  $ resell reseller edit north --product signage --product office-suite\n" +
			"  $ resell reseller edit north --product \"\"\n" +
			"  $ resell reseller edit north --disabled",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.reseller = args[0]
			if err := o.readAll(cmd); err != nil {
				return err
			}
			return editRun(cmd.Context(), o)
		},
	}
	o.fieldFlags.bind(cmd, "in place of those before; an empty one for all")
	cmd.Flags().Bool("disabled", false, "keep everybody of it from signing in and from using tokens")
	cmd.Flags().Int64Var(&o.version, "if-version", 0, "refuse unless the reseller still has this `version`")
	f.Results(cmd, api.Reseller{})
	return cmd
}

func (o *editOptions) readAll(cmd *cobra.Command) error {
	if err := o.read(cmd); err != nil {
		return err
	}
	if cmd.Flags().Changed("disabled") {
		disabled, err := cmd.Flags().GetBool("disabled")
		if err != nil {
			return err
		}
		o.disabled = &disabled
	}
	if o.ResellerFields == (api.ResellerFields{}) && o.disabled == nil {
		return command.Usage("nothing to change: give at least one detail, such as --email")
	}
	return nil
}

func editRun(ctx context.Context, o *editOptions) error {
	in := api.ResellerEditInput{Reseller: o.reseller, Body: api.ResellerEditBody{ResellerFields: o.ResellerFields, Disabled: o.disabled}}
	if o.version != 0 {
		in.IfMatch = fmt.Sprintf("%q", strconv.FormatInt(o.version, 10))
	}
	reseller, err := command.Call(ctx, o.Factory, api.ResellerEdit, in)
	if err != nil {
		return err
	}
	return o.ShowDone(reseller, "Edited "+reseller.Login+".", details, details)
}
