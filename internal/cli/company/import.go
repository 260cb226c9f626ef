package company

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type importOptions struct {
	*command.Factory
	file    string
	update  bool
	dryRun  bool
	raw     bool
	results string
}

func newCmdImport(f *command.Factory) *cobra.Command {
	o := &importOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Import companies from CSV",
		Long: `Import companies from a CSV file with a header. Columns that are not known are refused; id, created_at,
updated_at, version and reseller, which an export has, are passed over. resell company template csv
prints an example.

The domain tells companies apart, so an import can be run again: what is there already stays as it
is, and nothing is doubled. Companies that are there with other details are left alone, unless
--update is given. The whole file is checked before the first company is sent.

` + command.ColumnHelp("Columns of --file, in any order:", importColumns()),
		Example: "  $ resell company import --file schools.csv --dry-run\n" +
			"  $ resell company import --file schools.csv --results results.csv\n" +
			"  $ cat schools.csv | resell company import --file - --update",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return importRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.file, "file", "f", "", "CSV `file`; - is standard input")
	flags.BoolVar(&o.update, "update", false, "change companies that are there with other details")
	flags.BoolVar(&o.dryRun, "dry-run", false, "tell what would happen, as the server computes it, and do nothing")
	flags.BoolVar(&o.raw, "raw", false, "keep the apostrophe that an export puts before cells like =1+1")
	flags.StringVar(&o.results, "results", "", "write each row with its id, status, code and message to this `file`")
	_ = cmd.MarkFlagRequired("file") // the flag exists
	f.Results(cmd, importSummary{})
	return cmd
}

// importSummary counts what became of the rows.
type importSummary struct {
	Rows      int `json:"rows"`
	Created   int `json:"created"`
	Unchanged int `json:"unchanged"`
	Updated   int `json:"updated"`
	Differs   int `json:"differs"`
	Failed    int `json:"failed"`
}

func (s *importSummary) count(status string) {
	s.Rows++
	switch status {
	case "created":
		s.Created++
	case "unchanged":
		s.Unchanged++
	case "updated":
		s.Updated++
	case "differs":
		s.Differs++
	default:
		s.Failed++
	}
}

// importBatch is how many companies go in one request: the API's limit.
const importBatch = 1000

func importRun(ctx context.Context, o *importOptions) error {
	table, err := o.read()
	if err != nil {
		return err
	}
	rows, err := companiesOf(table, o.raw)
	if err != nil {
		return err
	}
	results, err := command.NewResults(o.results, table.Header)
	if err != nil {
		return err
	}
	summary, err := o.send(ctx, table, rows, results)
	if closing := results.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	if summary.Differs > 0 {
		o.Note("%d companies are there with other details and were left alone; --update changes them.", summary.Differs)
	}
	if err := o.Show(summary, summaryColumns); err != nil {
		return err
	}
	if summary.Failed > 0 {
		return &command.PartialError{Failed: summary.Failed, Total: summary.Rows, Hint: "mend those rows and run the import again: the others stay as they are"}
	}
	return nil
}

func (o *importOptions) read() (command.Table, error) {
	in, err := o.Open(o.file)
	if err != nil {
		return command.Table{}, err
	}
	defer func() { _ = in.Close() }() // it was only read
	name := o.file
	if name == "-" {
		name = "standard input"
	}
	return readTable(in, name)
}

func readTable(in io.Reader, name string) (command.Table, error) {
	table, err := command.ReadTable(in, name)
	if err != nil {
		return table, err
	}
	return table, table.Require("name", "domain")
}

func (o *importOptions) send(ctx context.Context, table command.Table, rows []api.CompanyFields, results *command.Results) (importSummary, error) {
	var summary importSummary
	progress := o.Progress(int64(len(rows)), "companies")
	defer progress.Done()
	for start := 0; start < len(rows); start += importBatch {
		end := min(start+importBatch, len(rows))
		batch := api.CompanyImportBody{Update: o.update, DryRun: o.dryRun, Companies: rows[start:end]}
		answer, err := command.Write(ctx, o.Factory, command.WriteFlags{}, api.CompanyImport, api.CompanyImportInput{Body: batch})
		if err != nil {
			return summary, fmt.Errorf("import lines %d to %d: %w", table.Rows[start].Line, table.Rows[end-1].Line, err)
		}
		for i, r := range answer.Results {
			summary.count(r.Status)
			row := table.Rows[start+i]
			if r.Status == "failed" {
				o.Note("line %d: %s", row.Line, r.Message)
			}
			if err := results.Write(row.Cells, r.ID, r.Status, r.Code, r.Message); err != nil {
				return summary, err
			}
		}
		progress.Set(int64(end))
	}
	return summary, nil
}

func summaryColumns(*output.Printer) []output.Column {
	return []output.Column{{Field: "rows"}, {Field: "created"}, {Field: "unchanged"}, {Field: "updated"}, {Field: "differs"}, {Field: "failed"}}
}
