package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/output"
)

// BindGlobal adds the flags that every command has.
func (f *Factory) BindGlobal(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.StringVar(&f.Profile, "profile", "", "use the settings and the token of this `profile`")
	flags.StringVar(&f.Host, "host", "", "call the API at this `URL`")
	flags.StringVarP(&f.Output, "output", "o", "", "`format` of the output: "+strings.Join(output.Formats(), ", "))
	flags.StringSliceVar(&f.JSON, "json", nil, "print these `fields` as JSON; --json alone lists them")
	flags.StringVar(&f.JQ, "jq", "", "filter the JSON with a jq `expression`")
	flags.StringVar(&f.Template, "template", "", "format the JSON with a Go `template`")
	flags.StringSliceVar(&f.Columns, "columns", nil, "show these `fields` as columns, in this order")
	flags.StringVar(&f.MaxWait, "max-wait", "", "keep trying a busy or unreachable server for this `duration` (60s); 0s is not at all")
	flags.BoolVar(&f.NoInput, "no-input", false, "never ask, even on a terminal")
	flags.BoolVar(&f.Debug, "debug", false, "show requests, answers and timings on standard error, with every secret masked")
	flags.BoolVar(&f.Accessible, "accessible", false, "one fact a line, without drawing, for screen readers")
}

// Results says what a command prints, and after that what its dry run prints where
// that is something else.
func (f *Factory) Results(cmd *cobra.Command, v ...any) { f.results[cmd] = v }

// Printed is all that a command may print, as Results and ResultsOtherwise said.
func (f *Factory) Printed(cmd *cobra.Command) []any {
	return append(slices.Clip(f.results[cmd]), f.others[cmd]...)
}

// Fields lists the fields of what a command prints; none where it prints no resource.
func (f *Factory) Fields(cmd *cobra.Command) []string {
	if v := f.result(cmd); v != nil {
		return output.Fields(v)
	}
	return nil
}

func (f *Factory) result(cmd *cobra.Command) any {
	results := f.results[cmd]
	if len(results) == 0 {
		return nil
	}
	if other := f.otherwise[cmd]; other != nil {
		if v := other(); v != nil {
			return v
		}
	}
	if dry := cmd.Flags().Lookup("dry-run"); dry != nil && dry.Value.String() == "true" {
		return results[len(results)-1]
	}
	return results[0]
}

// ResultsOtherwise says what a command prints instead for some of its flags, one of
// kinds: nil where they change nothing. What is printed depends on flags alone, never on
// data.
func (f *Factory) ResultsOtherwise(cmd *cobra.Command, other func() any, kinds ...any) {
	f.otherwise[cmd], f.others[cmd] = other, kinds
}

// CheckOutput refuses, before a command does anything, what could not be printed after.
func (f *Factory) CheckOutput(cmd *cobra.Command) error {
	v := f.result(cmd)
	if v == nil {
		return nil
	}
	p, err := f.Printer()
	if err != nil {
		return err
	}
	if err := p.Check(v); err != nil {
		return Usage("%s", err)
	}
	return nil
}

// WriteFlags are those of every command that changes something on the server.
type WriteFlags struct{ IdempotencyKey string }

// Bind adds the flags to a command.
func (w *WriteFlags) Bind(cmd *cobra.Command) {
	cmd.Flags().StringVar(&w.IdempotencyKey, "idempotency-key", "",
		"name this change: run again with the same `key`, it is not made twice")
}

// ConfirmFlags are those of commands that spend money or destroy something.
type ConfirmFlags struct {
	Yes    bool
	DryRun bool
	Piped  bool // standard input carries what is to be agreed to

	previews bool
}

// Bind adds the flags to a command.
func (c *ConfirmFlags) Bind(cmd *cobra.Command) {
	c.BindYes(cmd)
	c.previews = true
	cmd.Flags().BoolVar(&c.DryRun, "dry-run", false, "show what would happen, as the server computes it, and do nothing")
}

// BindYes adds the flags to a command that has nothing to compute beforehand.
func (c *ConfirmFlags) BindYes(cmd *cobra.Command) {
	cmd.Flags().BoolVarP(&c.Yes, "yes", "y", false, "do not ask")
}

// LimitFlag is that of every list.
type LimitFlag struct{ Limit int }

// Bind adds the flag to a command.
func (l *LimitFlag) Bind(cmd *cobra.Command) {
	cmd.Flags().IntVarP(&l.Limit, "limit", "L", 0, "show at most this many `rows`; all of them when left out")
	before := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		if l.Limit < 1 && cmd.Flags().Changed("limit") {
			return Usage("--limit is 1 or more: leave it out for all rows")
		}
		if before != nil {
			return before(cmd, args)
		}
		return nil
	}
}

// RequireFlags refuses a command line without these flags: for those that are needed
// only where no file says it.
func RequireFlags(cmd *cobra.Command, names ...string) error {
	for _, name := range names {
		if !cmd.Flags().Changed(name) {
			return Usage("--%s is needed", name)
		}
	}
	return nil
}

// TextFlag adds a flag for a detail that can be changed: nil is "not given", which
// leaves it as it is; given empty removes it.
func TextFlag(cmd *cobra.Command, to **string, name, usage string) {
	cmd.Flags().Var(optional{to}, name, usage)
}

type optional struct{ to **string }

func (v optional) String() string {
	if v.to == nil || *v.to == nil {
		return ""
	}
	return **v.to
}

func (v optional) Set(s string) error {
	*v.to = &s
	return nil
}

func (v optional) Type() string { return "string" }

// DaysFlag adds a flag that takes a number of days, such as 30d.
func DaysFlag(cmd *cobra.Command, to *int, name, usage string) {
	cmd.Flags().Var((*days)(to), name, usage)
}
