package company

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "view <company>",
		Aliases: []string{"show"},
		Short:   "View a company",
		Long: `View a company, named by its id, its domain, or its exact name. On a terminal you see the customer as a
whole: its locations, its licenses, its open invoices, and what expires next.`,
		Example: "  $ resell company view example.edu\n" +
			"  $ resell company view \"Example University\" -o json",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return viewRun(cmd.Context(), f, args[0]) },
	}
	f.Results(cmd, api.Company{})
	return cmd
}

func viewRun(ctx context.Context, f *command.Factory, ref string) error {
	company, err := command.Call(ctx, f, api.CompanyView, api.CompanyViewInput{Company: ref})
	if err != nil {
		return err
	}
	p, err := f.Printer()
	if err != nil {
		return err
	}
	if !p.Glances() {
		return p.Item(company, details(p))
	}
	card, err := cardOf(ctx, f, p, company)
	if err != nil {
		return err
	}
	return p.Card(card)
}
