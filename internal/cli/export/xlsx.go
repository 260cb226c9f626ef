package export

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// xlsx is the format that is made here, of the rows of a CSV export.
const xlsx = "xlsx"

// asWorkbook makes an export write a workbook.
func asWorkbook(cmd *cobra.Command, o *options) {
	noun := cmd.Use
	o.ExportFormat = api.ExportFormat{Format: "csv", Raw: true} // text is text there whatever it begins with
	o.Convert = writeWorkbook(noun)
	cmd.Long = fmt.Sprintf(`Export %s as a workbook (.xlsx): the columns of export csv %[1]s, with dates as dates, money as numbers
with the decimals of their currency, and text as text, which is never run as a formula. A sheet holds
%d rows; where there are more there is no file, and CSV has no limit.`, noun, sheetRows-1)
	cmd.Example = "  $ resell export xlsx " + noun + " --file " + noun + ".xlsx"
	cmd.Flags().StringVarP(&o.File, "file", "f", "", "write to this `file`, whole or not at all")
	_ = cmd.MarkFlagRequired("file") // the flag exists
	filter := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if o.File == "" || o.File == "-" {
			return command.Usage("a workbook is written to a file: name one with --file")
		}
		return filter(cmd, args)
	}
}
