package command

import (
	"cmp"
	"io"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/config"
	"github.com/resell-cli/resell/internal/output"
)

// Printer writes results to standard output in the chosen format.
func (f *Factory) Printer() (*output.Printer, error) { return f.PrinterAs("") }

// PrinterAs is Printer for a command that has a format of its own where none is chosen.
func (f *Factory) PrinterAs(own output.Format) (*output.Printer, error) {
	c, _ := f.Config() // a broken file is told of by what needs it; doctor prints all the same
	o := output.Options{
		Fields: f.JSON, JQ: f.JQ, Template: f.Template, Columns: f.Columns, Terminal: f.StdoutTerminal,
		Accessible: f.isAccessible(), Width: f.Width, Now: f.Now(), Color: f.color(c), Locale: f.locale(),
	}
	if f.StdoutTerminal && f.Height > 0 && !o.Accessible && f.Getenv("TERM") != "dumb" {
		o.Height = f.Height
		o.Page = func(write func(io.Writer) error) error { return f.page(c, write) }
	}
	for _, key := range []string{"color", "accessible"} {
		if _, err := c.Valid(key); err != nil {
			return nil, err
		}
	}
	if len(f.JSON) == 0 && f.JQ == "" && f.Template == "" {
		o.Format = own
	}
	// The default of the setting is what the Printer does by itself.
	if name, origin, _ := c.Lookup("output"); origin != "default" {
		_, err := c.Valid("output")
		if err != nil && origin != "flag" {
			return nil, err
		}
		if o.Format, err = output.ParseFormat(name); err != nil {
			return nil, Usage("%s", err)
		}
		if o.Format == output.TSV {
			yes := true
			o.Header = &yes
		}
	}
	return output.New(f.Stdout, o), nil
}

func (f *Factory) color(c *config.Config) bool {
	switch {
	case f.Getenv("NO_COLOR") != "" || c.Get("color") == "never":
		return false
	case c.Get("color") == "always" || (f.Getenv("CLICOLOR_FORCE") != "" && f.Getenv("CLICOLOR_FORCE") != "0"):
		return true
	}
	return f.StdoutTerminal && f.Getenv("TERM") != "dumb" && f.Getenv("CLICOLOR") != "0"
}

// isAccessible reports whether there is a screen reader, by the flag or the setting.
// RESELL_ACCESSIBLE may be 1, too.
func (f *Factory) isAccessible() bool {
	if f.Accessible {
		return true
	}
	c, err := f.Config()
	if err != nil {
		return false
	}
	yes, err := strconv.ParseBool(c.Get("accessible"))
	return yes && err == nil
}

// Chosen reports whether the form of the output was chosen for this run.
func (f *Factory) Chosen() bool {
	return len(f.JSON) > 0 || f.JQ != "" || f.Template != "" || f.Output != ""
}

// WantsJSON reports whether standard output is JSON, so that errors are too.
func (f *Factory) WantsJSON() bool {
	fields, format := f.spokenOutput()
	if fields || len(f.JSON) > 0 || f.JQ != "" {
		return true
	}
	if c, err := f.Config(); err == nil && format == "" {
		format = c.Get("output")
	}
	return format == string(output.JSON) || format == string(output.NDJSON)
}

// spokenOutput reads the form of the output from the command line itself: behind a flag
// that is wrong, none is read. It reports whether JSON is asked for whatever the format.
func (f *Factory) spokenOutput() (fields bool, format string) {
	for i, arg := range f.Args {
		name, value, given := strings.Cut(arg, "=")
		if !given && i+1 < len(f.Args) {
			value = f.Args[i+1]
		}
		switch name {
		case "--":
			return fields, format
		case "--json", "--jq":
			fields = true
		case "--output", "-o":
			format = value
		}
	}
	return fields, cmp.Or(f.Output, format)
}
