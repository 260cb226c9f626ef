package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type historyOptions struct {
	*command.Factory
	command.LimitFlag
	license, company string
}

func newCmdHistory(f *command.Factory) *cobra.Command {
	o := &historyOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "history [license]",
		Short: "Show what became of a license, or of a company's licenses",
		Long: `Show what became of a license, named by its id or coupon, or of everything that a company has, newest
first: purchases, extensions, renewals, upgrades, pauses, transfers, orders, invoices, keys and devices,
with who did it.`,
		Example: "  $ resell license history 7GK2M9QX\n" +
			"  $ resell license history --company example.edu --limit 20\n" +
			"  $ resell license history 7GK2M9QX --json at,type,actor,text",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.license = args[0]
			}
			if (o.license == "") == (o.company == "") {
				return command.Usage("name a license, or a company with --company")
			}
			return historyRun(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVarP(&o.company, "company", "c", "", "what became of all that this company has: id, domain or exact `name`")
	command.RefuseEmpty(cmd, "company")
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.HistoryEntry{})
	return cmd
}

func historyRun(ctx context.Context, o *historyOptions) error {
	if o.company != "" {
		return command.List(ctx, o.Factory, api.CompanyHistory, api.CompanyHistoryInput{Company: o.company}, o.Limit, historyColumns(false))
	}
	return command.List(ctx, o.Factory, api.LicenseHistory, api.LicenseHistoryInput{License: o.license}, o.Limit, historyColumns(true))
}

// historyColumns name the license where there may be several.
func historyColumns(one bool) command.Columns {
	return func(p *output.Printer) []output.Column {
		return []output.Column{
			{Field: "id", Data: true},
			{Field: "at", Header: "WHEN", Format: p.Day(), Whole: true},
			{Field: "type", Data: true},
			{Field: "license_id", Data: true},
			{Field: "coupon", Header: "LICENSE", Data: one},
			{Field: "order_number", Header: "ORDER", Spare: true},
			{Field: "actor", Header: "WHO", Spare: true},
			{Field: "text", Header: "WHAT", Wrap: true},
		}
	}
}
