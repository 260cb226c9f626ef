package token

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type createOptions struct {
	*command.Factory
	command.WriteFlags
	api.TokenCreateBody
}

func newCmdCreate(f *command.Factory) *cobra.Command {
	o := &createOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Make a token for a machine",
		Long: `Make a token for a machine, such as a CI job. Its secret is printed this once. It can do what its scopes
say, and nothing that your own token cannot: resell auth status lists those. It stays valid when whoever
made it leaves, until it expires or is revoked.

The scopes are company, license, key, order, invoice, reseller and token, each with :read or :write, and
event:read. A write scope does not include its read scope. Buying needs order:write.`,
		Example: "  $ resell token create --name nightly-export --scope license:read --scope company:read --expires 365d\n" +
			"  $ resell token create --name shop --scope license:write,order:write --contract K-2026-01 --json secret --jq .secret",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return createRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Name, "name", "", "`name` of the token: what it is for")
	flags.StringSliceVar(&o.Scopes, "scope", nil, "a `right`, such as license:read; may be repeated")
	flags.StringSliceVar(&o.Contracts, "contract", nil, "id or `number` of a contract it may buy under; all when left out; may be repeated")
	command.DaysFlag(cmd, &o.ExpiresDays, "expires", "when it expires, in `days` such as 90d; never when left out")
	_ = cmd.MarkFlagRequired("name")  // the flag exists
	_ = cmd.MarkFlagRequired("scope") // the flag exists
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.IssuedToken{})
	return cmd
}

func createRun(ctx context.Context, o *createOptions) error {
	issued, err := command.Write(ctx, o.Factory, o.WriteFlags, api.TokenCreate, api.TokenCreateInput{Body: o.TokenCreateBody})
	if err != nil {
		return err
	}
	o.Note("The secret is shown this once: keep it where the machine will find it.")
	return o.Show(issued, issuedDetails)
}

func issuedDetails(*output.Printer) []output.Column {
	return []output.Column{
		{Field: "secret"},
		{Field: "token.id", Header: "Id"},
		{Field: "token.name", Header: "Name"},
		{Field: "token.scopes", Header: "Scopes"},
		{Field: "token.contracts", Header: "Contracts"},
		{Field: "token.expires_at", Header: "Expires at"},
	}
}
