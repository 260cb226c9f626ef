package reseller

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type grantOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	api.ResellerGrantBody
	reseller string
}

func newCmdGrant(f *command.Factory) *cobra.Command {
	o := &grantOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "grant <reseller>",
		Short: "Give a sub-reseller credits",
		Long: `Give a sub-reseller credits of a product, from your own: both ledgers change at once, or neither does.
Your credits never go below zero. What the vendor gives comes from nowhere.`,
		Example: "  $ resell reseller grant north --product signage --quantity 20\n" +
			"  $ resell reseller grant north --product signage --quantity 20 --note \"PO 4711\" --yes",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.reseller = args[0]
			if err := o.NeedYes(o.ConfirmFlags, "this gives credits away"); err != nil {
				return err
			}
			return grantRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.Product, "product", "p", "", "id or `SKU` of the product")
	flags.Int64VarP(&o.Quantity, "quantity", "q", 0, "`number` of credits")
	flags.StringVar(&o.ResellerGrantBody.Note, "note", "", "`text` for both ledgers")
	_ = cmd.MarkFlagRequired("product")  // the flag exists
	_ = cmd.MarkFlagRequired("quantity") // the flag exists
	o.WriteFlags.Bind(cmd)
	o.BindYes(cmd)
	f.Results(cmd, api.Grant{})
	return cmd
}

func grantRun(ctx context.Context, o *grantOptions) error {
	question := fmt.Sprintf("Give %s %d credits of %s with %s?", o.reseller, o.Quantity, o.Product, o.Where())
	if err := o.Confirm(o.ConfirmFlags, question); err != nil {
		return err
	}
	grant, err := command.Write(ctx, o.Factory, o.WriteFlags, api.ResellerGrant, api.ResellerGrantInput{Reseller: o.reseller, Body: o.ResellerGrantBody})
	if err != nil {
		return err
	}
	return o.Show(grant, grantColumns)
}

func grantColumns(*output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "reseller"},
		{Field: "product"},
		{Field: "quantity"},
		{Field: "credits"},
		{Field: "remaining"},
		{Field: "note"},
		{Field: "created_at"},
	}
}
