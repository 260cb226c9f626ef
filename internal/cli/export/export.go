// Package export has the commands that stream everything there is to a file.
package export

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Export to CSV, NDJSON or XLSX, whole or not at all",
		Long: `Export everything there is of a kind, however much, as CSV, as one JSON object a line, or as a workbook;
and what ends soon as a calendar.

The rows are one consistent state of the data. Their number and SHA-256 are checked, and --file gets
its name only then: a short file never looks complete. When an export fails the exit code is 8.`,
		Example: "  $ resell export csv keys --file keys.csv\n" +
			"  $ resell export ndjson licenses --state active | jq .coupon",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(
			newCmdFormat(f, "csv", "Export as CSV"), newCmdFormat(f, "ndjson", "Export as one JSON object a line"),
			newCmdFormat(f, xlsx, "Export as a workbook for spreadsheet programs"), newCmdICS(f),
		)
	}
	return cmd
}

func newCmdFormat(f *command.Factory, format, short string) *cobra.Command {
	cmd := &cobra.Command{
		Use:     format,
		Short:   short,
		Example: "  $ resell export " + format + " keys --file keys." + format,
	}
	if f.Wants(cmd) {
		cmd.AddCommand(
			newCmdKeys(f, format), newCmdLicenses(f, format), newCmdCompanies(f, format), newCmdOrders(f, format),
			newCmdInvoices(f, format), newCmdDevices(f, format),
		)
	}
	return cmd
}

type options struct {
	*command.Factory
	command.ExportFlags
	api.ExportFormat
}

// newCmd makes the command that exports one kind of thing.
func newCmd(f *command.Factory, format, noun string, filter any, run func(context.Context, *options) error) *cobra.Command {
	o := &options{Factory: f, ExportFormat: api.ExportFormat{Format: format}}
	cmd := &cobra.Command{
		Use:   noun,
		Short: "Export " + noun,
		Example: "  $ resell export " + format + " " + noun + " --file " + noun + "." + format + "\n" +
			"  $ RESELL_TOKEN=… resell export " + format + " " + noun + " | gzip > " + noun + "." + format + ".gz",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), o) },
	}
	command.BindFilter(cmd, filter)
	if format == xlsx {
		asWorkbook(cmd, o)
		return cmd
	}
	cmd.Flags().StringVarP(&o.File, "file", "f", "", "write to this `file`, whole or not at all; - is standard output")
	if format == "csv" {
		cmd.Flags().BoolVar(&o.Raw, "raw", false, "leave cells alone that a spreadsheet would run as formulas")
		cmd.Flags().BoolVar(&o.Excel, "excel", false, "begin with a byte order mark, for Excel")
	}
	return cmd
}
