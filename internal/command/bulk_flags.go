package command

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// BulkColumn is a column of the files that a verb takes.
type BulkColumn struct {
	Name    string // of the column; the flag of that name, or Flag, is its default
	Flag    string // where it has another name than the column
	Doc     string
	Example string // of a cell
	// Needed columns are filled in every row.
	Needed bool
	// Subject is the column that names what a row changes. No two rows change the same,
	// and a file may be nothing but a list of them.
	Subject bool
}

func (c BulkColumn) flag() string {
	if c.Flag != "" {
		return c.Flag
	}
	return strings.ReplaceAll(c.Name, "_", "-")
}

// BulkFlags are those of verbs that can be carried out for many rows at once.
type BulkFlags struct {
	From      string
	Resume    string
	Again     bool
	KeepGoing bool
	Raw       bool
	DryRun    bool
	Yes       bool
	Workers   int
	Results   string
	Failed    string

	// Spends is set by verbs of which each row costs something, before Bind.
	Spends bool

	input string // the flag that names the rows, where it is not --from
}

const (
	newestRun   = "newest"
	mostWorkers = 8
	resumeUsage = "go on with a run that broke off: the last one, or that of an `id`, written --resume=ID"
)

// Bind adds the flags to a command.
func (b *BulkFlags) Bind(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&b.From, "from", "", "do it for each row of this CSV `file`, or of a list; - is standard input")
	flags.StringVar(&b.Resume, "resume", "", resumeUsage)
	flags.Lookup("resume").NoOptDefVal = newestRun
	again := "with --from: do ALL rows anew, also those that were done before"
	if b.Spends {
		again += ": what they cost is paid once more"
	}
	flags.BoolVar(&b.Again, "again", false, again)
	flags.BoolVar(&b.KeepGoing, "keep-going", false, "with --from: leave rows out that the server refuses, and carry out the others")
	flags.BoolVar(&b.Raw, "raw", false, "with --from: keep the apostrophe that an export puts before cells like =1+1")
	flags.IntVar(&b.Workers, "workers", mostWorkers, "with --from: send at most this many `requests` at once")
	flags.StringVar(&b.Results, "results", "", "with --from: write each row with its result to this `file`")
	flags.StringVar(&b.Failed, "failed", "", "with --from: write rows that failed to this `file`; failed.csv when left out")
	if flags.Lookup("yes") == nil {
		flags.BoolVarP(&b.Yes, "yes", "y", false, "with --from: do not ask")
	}
	if flags.Lookup("dry-run") == nil {
		flags.BoolVar(&b.DryRun, "dry-run", false, "show what would happen, as the server sees it, and do nothing")
	}
	cmd.MarkFlagsMutuallyExclusive("resume", "again")
	cmd.MarkFlagsMutuallyExclusive("resume", "dry-run")
	if flags.Lookup("idempotency-key") != nil {
		cmd.MarkFlagsMutuallyExclusive("from", "idempotency-key")
		cmd.MarkFlagsMutuallyExclusive("resume", "idempotency-key")
	}
}

// Many reports whether it is to be done for many.
func (b *BulkFlags) Many() bool { return b.From != "" || b.Resume != "" }

// Args takes n arguments, and none where it is done for many.
func (b *BulkFlags) Args(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if b.Many() {
			return nil // Check says more
		}
		return cobra.ExactArgs(n)(cmd, args)
	}
}

// Otherwise is what a command prints then; see Factory.ResultsOtherwise.
func (b *BulkFlags) Otherwise() any {
	if b.Many() {
		return BulkResult{}
	}
	return nil
}

// Check refuses flags that do not go together. Arguments name what is done one by one.
func (b *BulkFlags) Check(cmd *cobra.Command, columns []BulkColumn, args []string) error {
	changed := cmd.Flags().Changed
	if !b.Many() {
		for _, name := range []string{"from", "resume"} {
			if changed(name) {
				return Usage("--%s is empty", name)
			}
		}
		for _, name := range []string{"again", "keep-going", "raw", "workers", "results", "failed"} {
			if changed(name) {
				return Usage("--%s goes with --from or --resume", name)
			}
		}
		return nil
	}
	if len(args) > 0 {
		return Usage("%q: with --from and --resume no argument is given: the rows say what is changed", args[0])
	}
	if b.Workers < 1 || b.Workers > mostWorkers {
		return Usage("--workers is from 1 to %d", mostWorkers)
	}
	if b.From == "" {
		for _, c := range columns {
			if changed(c.flag()) {
				return Usage("--%s cannot be changed on the way: --resume sends what was agreed to", c.flag())
			}
		}
	}
	return b.checkTargets()
}

func (b *BulkFlags) checkTargets() error {
	for _, file := range []string{b.Results, b.Failed} {
		if file == "-" {
			return Usage("results go to a file: standard output has the list of them already")
		}
		if sameFile(file, b.From) {
			return Usage("%s is what is read: write to another file", file)
		}
		if err := checkTarget(file); err != nil {
			return err
		}
	}
	if sameFile(b.Results, b.Failed) {
		return Usage("--results and --failed are the same file")
	}
	return nil
}

// sameFile reports whether two paths are of one file, or will be.
func sameFile(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	one, err := os.Stat(a)
	other, otherErr := os.Stat(b)
	if err == nil && otherErr == nil {
		return os.SameFile(one, other)
	}
	return filepath.Clean(a) == filepath.Clean(b)
}

// given are the flags that fill a column of every row that leaves it empty.
func given(cmd *cobra.Command, columns []BulkColumn) map[string]string {
	values := make(map[string]string)
	for _, c := range columns {
		flag := cmd.Flags().Lookup(c.flag())
		if flag == nil || !flag.Changed || c.Subject {
			continue
		}
		values[c.Name] = flag.Value.String()
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			values[c.Name] = strings.Join(list.GetSlice(), " ")
		}
	}
	return values
}

// BulkHelp lists the columns for the help of a verb.
func BulkHelp(columns []BulkColumn) string {
	return ColumnHelp("Columns of --from, in any order (a flag fills what a row leaves empty):", columns)
}

// ColumnHelp lists columns under a heading.
func ColumnHelp(heading string, columns []BulkColumn) string {
	width := 0
	for _, c := range columns {
		width = max(width, len(c.Name))
	}
	var text strings.Builder
	text.WriteString(heading + "\n")
	for _, c := range columns {
		needed := ""
		if c.Needed {
			needed = "; needed"
		}
		fmt.Fprintf(&text, "  %-*s  %s%s\n", width, c.Name, c.Doc, needed)
	}
	return strings.TrimSuffix(text.String(), "\n")
}

func columnNames(columns []BulkColumn) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return names
}

// subjectOf is the column that names what a row changes, "" where there is none.
func subjectOf(columns []BulkColumn) string {
	if i := slices.IndexFunc(columns, func(c BulkColumn) bool { return c.Subject }); i >= 0 {
		return columns[i].Name
	}
	return ""
}
