package command

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/output"
)

// Apply is how an export that was edited in a spreadsheet becomes changes: the rows of
// the file are compared with those on the server, what differs is shown, and after one
// confirmation each row that differs is changed, unless it is not any more what was
// exported.
type Apply[X, I, O any] struct {
	Noun, Nouns string // one, and several
	Export      api.Op[X, api.Stream]
	// Rows asks for the rows of some ids, with commas between them; "" is all.
	Rows func(ids string) X
	// Editable are the columns that can be changed.
	Editable []string
	// Switches are those of them that are true or false.
	Switches []string
	// Elsewhere names the command that changes what a column tells, where there is one.
	Elsewhere map[string]string
	// Moving are columns that change without a change of the row itself: with the day, or
	// with what the row refers to. A difference there says nothing of what was edited.
	Moving []string
	// Input makes the request of a row.
	Input func(id, etag string, fields map[string]string) I
	Edit  Bulk[I, O]
}

// ApplyFlags are those of every verb that applies an edited export.
type ApplyFlags struct {
	BulkFlags
	ConfirmFlags
}

// Bind adds the flags to a command.
func (a *ApplyFlags) Bind(cmd *cobra.Command) {
	a.ConfirmFlags.Bind(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&a.From, "file", "f", "", "edited export, a CSV `file`; - is standard input")
	flags.BoolVar(&a.Raw, "raw", false, "keep the apostrophe that an export puts before cells like =1+1")
	flags.StringVar(&a.Resume, "resume", "", resumeUsage)
	flags.Lookup("resume").NoOptDefVal = newestRun
	flags.StringVar(&a.Results, "results", "", "write each row that was changed with its result to this `file`")
	flags.StringVar(&a.Failed, "failed", "", "write rows that failed to this `file`; failed.csv when left out")
	a.Workers, a.input = mostWorkers, "file"
	cmd.MarkFlagsOneRequired("file", "resume")
	cmd.MarkFlagsMutuallyExclusive("file", "resume")
	cmd.MarkFlagsMutuallyExclusive("resume", "dry-run")
}

// FieldChange is a field that a file changes.
type FieldChange struct {
	Line  int    `json:"line,omitempty"` // of the file, where there is one
	ID    string `json:"id"`
	Field string `json:"field"`
	From  string `json:"from"` // as it is on the server
	To    string `json:"to"`
}

// Run applies a file. It fails with a usage error where rows cannot be understood, and
// with rows_refused, before anything is changed, where one cannot be carried out: because
// there is no such row, because it changes what is not changed so, because it was changed
// on the server since it was exported, or because the server refuses its details. After that it fails as [Bulk.Run] does.
func (a Apply[X, I, O]) Run(ctx context.Context, f *Factory, cmd *cobra.Command, flags *ApplyFlags) error {
	if flags.Resume != "" {
		r, err := a.Edit.runner(ctx, f, cmd, &flags.BulkFlags)
		if err != nil {
			return err
		}
		return r.resume(ctx, nil)
	}
	flags.Piped = flags.From == "-"
	if err := f.NeedYes(flags.ConfirmFlags, "this changes "+a.Nouns); err != nil {
		return err
	}
	if err := flags.checkTargets(); err != nil {
		return err
	}
	table, err := f.readTable("file", flags.From)
	if err != nil {
		return err
	}
	plan, err := a.plan(ctx, f, table, flags.Raw)
	if err != nil {
		return err
	}
	r, err := a.Edit.runner(ctx, f, cmd, &flags.BulkFlags)
	if err != nil {
		return err
	}
	items := a.items(plan)
	if err := a.try(ctx, r, table.Name, plan, items); err != nil {
		return err
	}
	plan.tell(f, a)
	if flags.ConfirmFlags.DryRun {
		return f.ShowAll(plan.fields(), fieldColumns)
	}
	if len(plan.changes) == 0 {
		return f.ShowAll([]BulkResult{}, bulkColumns)
	}
	if !flags.ConfirmFlags.Yes {
		plan.show(f)
	}
	if err := f.Confirm(flags.ConfirmFlags, fmt.Sprintf("Change %s, with %s?", a.count(len(plan.changes)), f.Where())); err != nil {
		return err
	}
	what, left, err := r.fresh(items)
	if err != nil {
		return err
	}
	return r.begin(ctx, table.Header, what, left, nil)
}

func (a Apply[X, I, O]) count(n int) string {
	if n == 1 {
		return "1 " + a.Noun
	}
	return fmt.Sprintf("%d %s", n, a.Nouns)
}

// readTable reads the CSV file of a flag, or standard input for -.
func (f *Factory) readTable(flag, file string) (Table, error) {
	in, name, err := f.openTable(flag, file)
	if err != nil {
		return Table{}, err
	}
	defer func() { _ = in.Close() }() // it was only read
	return ReadTable(in, name)
}

// openTable opens the file of a flag, and tells what to call it.
func (f *Factory) openTable(flag, file string) (io.ReadCloser, string, error) {
	in, err := f.Open(file)
	if err != nil {
		return nil, "", Usage("--%s: %s", flag, err)
	}
	if file == "-" {
		file = "standard input"
	}
	return in, file, nil
}

func fieldColumns(*output.Printer) []output.Column {
	return []output.Column{{Field: "line", Right: true}, {Field: "id"}, {Field: "field"}, {Field: "from", Whole: true}, {Field: "to", Whole: true}}
}

// ApplyHelp says in the help of a verb what it does with a file.
func ApplyHelp(nouns string, editable []string) string {
	return fmt.Sprintf(`Change %[1]s as they were edited in an export: resell export csv %[1]s writes the file, a spreadsheet
changes it, and this command shows field by field what differs, asks once, and changes it.

Columns that can be changed: %[2]s.
A cell that is empty removes what was there; a column or a row that is left out stays as it is. The
columns id and version are needed. Other columns may stay in the file; where one of them was changed,
the row is refused with the command that does it. Rows that are as they are on the server cost nothing.

Nothing is changed where a row is refused: one that was changed on the server since it was exported is,
and is never written over. Files with semicolons or tabs, as spreadsheets of some countries save them, are
read as well.`, nouns, strings.Join(editable, ", "))
}
