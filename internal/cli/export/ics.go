package export

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// withinDays is how far a calendar looks ahead where nothing else is said.
const withinDays = 90

func newCmdICS(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "ics",
		Short:   "Export as a calendar",
		Example: "  $ resell export ics expiring --file expiring.ics",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdExpiring(f))
	}
	return cmd
}

// expiringFilter chooses the licenses of a calendar.
type expiringFilter struct {
	Within  int    `query:"within" doc:"Ends within this many days from today, and not yet"`
	Company string `query:"company" doc:"Id, domain, or exact name"`
	Product string `query:"product" doc:"Id or SKU"`
	Search  string `query:"search" doc:"Text in any field, ignoring case and accents"`
}

type expiringOptions struct {
	*command.Factory
	expiringFilter

	file string
}

func newCmdExpiring(f *command.Factory) *cobra.Command {
	o := &expiringOptions{Factory: f, expiringFilter: expiringFilter{Within: withinDays}}
	cmd := &cobra.Command{
		Use:   "expiring",
		Short: "Export the licenses that end soon as a calendar",
		Long: fmt.Sprintf(`Export the licenses that end soon as an iCalendar file (RFC 5545), which calendar programs import or
subscribe to: an event on the day on which each is no longer valid, %d days ahead unless --within says
otherwise. An event keeps its identity, so that a new export moves it where a license was extended.`, withinDays),
		Example: "  $ resell export ics expiring --file expiring.ics\n" +
			"  $ resell export ics expiring --within 30d --company example.edu --file expiring.ics",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return expiringRun(cmd.Context(), o) },
	}
	command.BindFilter(cmd, &o.expiringFilter)
	cmd.Flags().StringVarP(&o.file, "file", "f", "", "write to this `file`, whole or not at all; - is standard output")
	return cmd
}

func expiringRun(ctx context.Context, o *expiringOptions) error {
	if err := command.CheckTarget(o.file); err != nil {
		return err
	}
	in := api.LicenseListInput{LicenseFilter: api.LicenseFilter{ExpiringWithin: o.Within, Company: o.Company, Product: o.Product, Search: o.Search}}
	var ending []api.License
	for license, err := range command.Every(ctx, o.Factory, api.LicenseList, in) {
		if err != nil {
			return err
		}
		if license.EndsOn != nil && license.State != "refunded" && license.State != "deleted" {
			ending = append(ending, license)
		}
	}
	slices.SortFunc(ending, func(a, b api.License) int { return cmp.Or(cmp.Compare(*a.EndsOn, *b.EndsOn), cmp.Compare(a.ID, b.ID)) })
	file, err := newCalendar(ending)
	if err != nil {
		return fmt.Errorf("write a calendar: %w", err)
	}
	if o.file == "" || o.file == "-" {
		_, err := o.Stdout.Write(file)
		return err
	}
	if err := command.WriteFile(o.file, file); err != nil {
		return err
	}
	o.Note("%s: %d licenses, %d bytes", o.file, len(ending), len(file))
	return nil
}
