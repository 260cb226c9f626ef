// Package dashboard has the command that sums up how a reseller stands.
package dashboard

import (
	"bytes"
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type options struct {
	*command.Factory
	reseller string
	html     string
}

// NewCmd makes the command.
func NewCmd(f *command.Factory) *cobra.Command {
	o := &options{Factory: f}
	cmd := &cobra.Command{
		Use:   "dashboard",
		Short: "See what expires, what was ordered, and what there is",
		Long: `See at a glance what expires within the next 90 days, week by week; what was ordered in each of the last 12
months, less what was refunded of it; the balances; and how many licenses are in each state.

In a pipe, and as CSV, TSV or Markdown, it is one row a fact: section, label, count, quantity, amount in minor
units and currency. With --html it is written to a page that needs nothing else, to be passed on.`,
		Example: "  $ resell dashboard\n" +
			"  $ resell dashboard --jq '.expiring[0].licenses'\n" +
			"  $ resell dashboard -o csv\n" +
			"  $ resell dashboard --html dashboard.html",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := command.CheckTarget(o.html); err != nil {
				return err
			}
			return run(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.reseller, "reseller", "", "id or `login` of a sub-reseller; yourself when left out")
	cmd.Flags().StringVar(&o.html, "html", "", "write it as a page to this `file`")
	f.Results(cmd, api.Dashboard{})
	f.ResultsOtherwise(cmd, func() any {
		if len(f.Columns) > 0 {
			return row{}
		}
		return nil
	})
	return cmd
}

func run(ctx context.Context, o *options) error {
	d, err := command.Call(ctx, o.Factory, api.DashboardView, api.DashboardViewInput{Reseller: o.reseller})
	if err != nil {
		return err
	}
	if o.html != "" {
		if err := save(o, d); err != nil || !o.Chosen() {
			return err
		}
	}
	p, err := o.Printer()
	switch {
	case err != nil:
		return err
	case p.Glances():
		return p.Card(cardOf(p, d))
	case p.Tabular():
		return p.List(rowsOf(d), rowColumns(p))
	}
	return p.Item(d, nil)
}

func save(o *options, d api.Dashboard) error {
	var b bytes.Buffer
	if err := writePage(&b, d); err != nil {
		return err
	}
	if err := command.WriteFile(o.html, b.Bytes()); err != nil {
		return err
	}
	o.Note("%s: the dashboard of %s on %s", o.html, d.Name, d.Date)
	return nil
}
