package license

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type linkOptions struct {
	*command.Factory
	command.WriteFlags
	api.LicenseLinkBody
	license string
	expires string
	revoke  bool
}

func newCmdLink(f *command.Factory) *cobra.Command {
	o := &linkOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "link <license>",
		Short: "Make an activation link to send to the customer",
		Long: `Make an activation link for a license, named by its id or coupon: a page on which the customer signs up,
or names its registered e-mail address, and so activates the license.

Whoever has the link can use it, once, until it expires. It is shown this once; with --email it is sent
as well, in the customer's language. --revoke withdraws the links of the license that are still open.`,
		Example: "  $ resell license link 7GK2M9QX --json url --jq .url\n" +
			"  $ resell license link 7GK2M9QX --email office@example.edu --expires 14d\n" +
			"  $ resell license link 7GK2M9QX --revoke",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.license = args[0]
			if err := o.readExpires(); err != nil {
				return err
			}
			return linkRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Email, "email", "", "send the link to this `address`")
	flags.StringVar(&o.expires, "expires", "30d", "let it expire after so many `days`")
	flags.BoolVar(&o.revoke, "revoke", false, "withdraw the links that are still open, instead of making one")
	cmd.MarkFlagsMutuallyExclusive("revoke", "email")
	cmd.MarkFlagsMutuallyExclusive("revoke", "expires")
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.Link{})
	return cmd
}

func (o *linkOptions) readExpires() error {
	days, err := strconv.Atoi(strings.TrimSuffix(o.expires, "d"))
	if err != nil || days < 1 {
		return command.Usage("--expires takes a number of days, such as 30d")
	}
	o.Days = days
	return nil
}

func linkRun(ctx context.Context, o *linkOptions) error {
	if o.revoke {
		revoked, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseLinkRevoke, api.LicenseActionInput{License: o.license})
		if err != nil {
			return err
		}
		return o.ShowAll(revoked.Data, linkColumns)
	}
	link, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseLink, api.LicenseLinkInput{License: o.license, Body: o.LicenseLinkBody})
	if err != nil {
		return err
	}
	return o.Show(link, linkColumns)
}

func linkColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "license_id", Data: true},
		{Field: "url", Header: "LINK", Whole: true},
		{Field: "email"},
		{Field: "expires_at", Format: p.Day()},
		{Field: "revoked_at", Format: p.Day()},
	}
}
