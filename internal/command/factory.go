// Package command holds what the commands of resell share: the Factory that gives
// them their dependencies, and the one way to call, ask, print and write files.
package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/config"
	"github.com/resell-cli/resell/internal/credential"
	"github.com/resell-cli/resell/internal/output"
)

// Process is what resell sees of the process it runs in. The zero Process is good
// enough to make the command tree with.
type Process struct {
	Args       []string // without the program's name
	Stdin      io.Reader
	Stdout     io.Writer
	Stderr     io.Writer
	Getenv     func(string) string
	Environ    []string
	Dir        string // the working folder; "" where no project file is looked for
	Executable string // path of the program
	Now        func() time.Time

	StdinTerminal  bool
	StdoutTerminal bool
	StderrTerminal bool
	Width          int // columns of the terminal; 0 where unknown
	Height         int // its lines; 0 where unknown
	// CompletionWait is how long completion waits for the API; 300 ms when zero.
	CompletionWait time.Duration
	// ReadPassword reads a line from the terminal without showing it.
	ReadPassword func() (string, error)
	// Terminal opens the terminal that the process belongs to, whatever its standard input
	// is; nil where that is not known.
	Terminal func() (io.Reader, error)
	// Requests is told of every request, as standard error is with --debug; nil for
	// nobody. It must be safe for use by several goroutines.
	Requests io.Writer
	// Copy puts text on the clipboard; nil where there is none.
	Copy func(ctx context.Context, text string) error
	// Browse opens a web page in the browser; nil where there is none.
	Browse func(url string) error
}

// Global holds the flags that every command has.
type Global struct {
	Profile    string
	Host       string
	Output     string
	JSON       []string
	JQ         string
	Template   string
	Columns    []string
	MaxWait    string // a duration
	NoInput    bool
	Debug      bool
	Accessible bool
}

// Factory gives a command what it needs, when it needs it: making one, and asking
// for help or completion, touches no file, network or keyring.
type Factory struct {
	Process
	Global

	namedOnly  bool
	configOnce sync.Once
	config     *config.Config
	configErr  error
	results    map[*cobra.Command][]any
	otherwise  map[*cobra.Command]func() any
	others     map[*cobra.Command][]any
	identity   Identity       // once it is known
	client     *client.Client // once it is made
	terminal   io.Reader      // once it is opened
	unsettled  []entry        // writes that were answered, and not yet told of
	// onRetry is told of waits instead of the person, where many requests go at once.
	onRetry func(client.Retry)
}

// NewFactory makes the Factory of a process.
func NewFactory(p Process) *Factory {
	return &Factory{
		Process: p, results: make(map[*cobra.Command][]any),
		otherwise: make(map[*cobra.Command]func() any), others: make(map[*cobra.Command][]any),
	}
}

// Config is the settings, with the flags above them.
func (f *Factory) Config() (*config.Config, error) {
	f.configOnce.Do(func() {
		if f.config, f.configErr = f.loadConfig(); f.configErr != nil {
			f.config = config.Bare(f.Getenv) // for how things are printed
		}
		if f.Profile != "" {
			f.config.SetProfile(f.Profile)
		}
		for key, value := range map[string]string{"host": f.Host, "output": f.Output, "max_wait": f.MaxWait} {
			if value != "" {
				f.config.SetFlag(key, value)
			}
		}
	})
	return f.config, f.configErr
}

func (f *Factory) loadConfig() (*config.Config, error) {
	c, err := config.Load(f.Getenv)
	if err != nil {
		return nil, f.named("RESELL_CONFIG_DIR", err)
	}
	return c, c.EnterProject(f.Dir)
}

// Settings are those that there are; nothing is read for them.
func Settings() []config.Key { return config.Keys() }

// named adds to what is wrong with a file the variable that has chosen its folder.
func (f *Factory) named(variable string, err error) error {
	if _, ofFile := errors.AsType[*fs.PathError](err); ofFile && f.Getenv(variable) != "" {
		return fmt.Errorf("%w (%s)", err, variable)
	}
	return err
}

// Credentials is where tokens are kept.
func (f *Factory) Credentials() (*credential.Store, error) {
	c, err := f.Config()
	if err != nil {
		return nil, err
	}
	dir, err := config.Dir(f.Getenv)
	switch {
	case err != nil && f.Getenv("RESELL_TOKEN") == "":
		return nil, err
	case err != nil:
		dir = os.DevNull // the token is here, and a folder to keep others in nowhere
	}
	o := credential.Options{Getenv: f.Getenv, ConfigDir: dir, TokenCommand: c.Get("token_command"), Stderr: f.Stderr}
	if f.CanAsk() {
		o.Waiting = func(limit time.Duration) {
			f.Note("The keyring is locked: unlock it in its window, within %s.", limit)
		}
	}
	return credential.New(o), nil
}

// ErrNoHost is returned where no API is named.
var ErrNoHost = errors.New("no host is set: which API should be called?")

// HostName is the API that is called. It fails with ErrNoHost.
func (f *Factory) HostName() (string, error) {
	c, err := f.Config()
	if err != nil {
		return "", err
	}
	if host := c.Get("host"); host != "" {
		return host, nil
	}
	return "", ErrNoHost
}

// Identity is who calls which API. Where only the token is missing, the rest is set.
type Identity struct {
	Profile string
	Host    string
	Token   string
	Source  credential.Source
}

// Identity finds the host and the token of the current profile. The token is asked for
// once in a run: that may start a program, or ask the keyring.
func (f *Factory) Identity(ctx context.Context) (Identity, error) {
	if f.identity.Token != "" {
		return f.identity, nil
	}
	c, err := f.Config()
	if err != nil {
		return Identity{}, err
	}
	host, err := f.HostName()
	if err != nil {
		return Identity{}, err
	}
	credentials, err := f.Credentials()
	if err != nil {
		return Identity{}, err
	}
	found := Identity{Profile: c.Profile(), Host: host}
	if found.Token, found.Source, err = credentials.Token(ctx, found.Profile, host); err != nil {
		if f.TokenFrom() == string(credential.SourceCommand) {
			err = fmt.Errorf("%w (%s)", err, c.Named("token_command"))
		}
		return found, err
	}
	f.identity = found
	return found, nil
}

// IdentityOf is [Factory.Identity] of any profile. One that is not the current has what is
// stored for it: flags and variables are about the current one alone.
func (f *Factory) IdentityOf(ctx context.Context, profile string) (Identity, error) {
	c, err := f.Config()
	if err != nil {
		return Identity{}, err
	}
	if profile == c.Profile() {
		return f.Identity(ctx)
	}
	found := Identity{Profile: profile, Host: c.Stored(profile, "host")}
	if found.Host == "" {
		return found, ErrNoHost
	}
	dir, err := config.Dir(f.Getenv)
	if err != nil {
		return found, err
	}
	stored := credential.New(credential.Options{
		Getenv: func(string) string { return "" }, ConfigDir: dir, TokenCommand: c.Stored(profile, "token_command"), Stderr: f.Stderr,
	})
	found.Token, found.Source, err = stored.Token(ctx, profile, found.Host)
	return found, err
}

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

// Note tells a person something, on standard error.
func (f *Factory) Note(format string, args ...any) {
	for line := range strings.SplitSeq(fmt.Sprintf(format, args...), "\n") {
		// Standard error is the last place there is to tell of a failure.
		_, _ = fmt.Fprintln(f.Stderr, output.Sentence(line))
	}
}
