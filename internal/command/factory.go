// Package command holds what the commands of resell share: the Factory that gives
// them their dependencies, and the one way to call, ask, print and write files.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/config"
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

// Note tells a person something, on standard error.
func (f *Factory) Note(format string, args ...any) {
	for line := range strings.SplitSeq(fmt.Sprintf(format, args...), "\n") {
		// Standard error is the last place there is to tell of a failure.
		_, _ = fmt.Fprintln(f.Stderr, output.Sentence(line))
	}
}
