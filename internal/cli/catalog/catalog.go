// Package catalog has the commands about what the vendor sells, for the vendor.
package catalog

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "catalog",
		Short: "Write the vendor's catalogue",
		Long: `Write the vendor's catalogue: products, prices, resellers and their contracts, as one file.

These commands are for the vendor who hosts the API, and need a token of the vendor.`,
		Example: "  $ resell catalog apply --file catalog.yaml --dry-run\n" +
			"  $ resell catalog view > catalog.yaml",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdApply(f), newCmdView(f))
	}
	return cmd
}

func newCmdView(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "view",
		Aliases: []string{"show"},
		Short:   "View the catalogue as a file",
		Long: "View the catalogue as a YAML file that, applied, would change nothing. Opening deposits and credits\n" +
			"are not part of it: they were given once.",
		Example: "  $ resell catalog view > catalog.yaml\n" +
			"  $ resell catalog view --jq '.products[].sku'",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return viewRun(cmd.Context(), f)
		},
	}
	f.Results(cmd, api.Catalog{})
	return cmd
}

func viewRun(ctx context.Context, f *command.Factory) error {
	catalog, err := command.Call(ctx, f, api.CatalogView, api.CatalogViewInput{})
	if err != nil {
		return err
	}
	p, err := f.PrinterAs(output.YAML)
	if err != nil {
		return err
	}
	return p.Item(catalog, nil)
}
