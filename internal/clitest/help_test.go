package clitest_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/cli"
)

// Every endpoint has the command that it says it has.
func TestEndpointsHaveCommands(t *testing.T) {
	t.Parallel()
	root := cli.NewRoot(cli.Process{})
	for _, m := range api.Endpoints() {
		if m.Command == "" {
			continue
		}
		cmd, rest, err := root.Find(strings.Fields(m.Command))
		require.NoError(t, err, m.ID)
		require.Empty(t, rest, "%s: there is no command %q", m.ID, m.Command)
		require.True(t, cmd.Runnable() && !cmd.HasSubCommands(), "%s: %q does nothing", m.ID, m.Command)
	}
}

func TestCommandsDescribeThemselves(t *testing.T) {
	t.Parallel()
	root := cli.NewRoot(cli.Process{})
	for _, cmd := range commandsOf(root) {
		if cmd.Name() == "help" || within(cmd, "completion") {
			continue // cobra's own
		}
		t.Run(cmd.CommandPath(), func(t *testing.T) {
			t.Parallel()
			require.Regexp(t, `^[A-Z][^\n]*[^.]$`, cmd.Short)
			if !cmd.Runnable() {
				return // a topic of help
			}
			verb, _, _ := strings.Cut(cmd.Short, " ")
			require.False(t, strings.HasSuffix(verb, "s") || strings.HasSuffix(verb, "ing"), "%q is no imperative", cmd.Short)
			require.NotEmpty(t, cmd.Example)
			for line := range strings.Lines(cmd.Example) {
				require.True(t, strings.HasPrefix(line, "  $ "), "%q", line)
			}
			cmd.Flags().VisitAll(func(flag *pflag.Flag) {
				require.NotEmpty(t, flag.Usage, "--%s", flag.Name)
				require.Equal(t, strings.ToLower(flag.Name), flag.Name)
			})
		})
	}
}

// The examples are of commands and long flags that there are.
func TestExamplesAreCommands(t *testing.T) {
	t.Parallel()
	root := cli.NewRoot(cli.Process{})
	for _, cmd := range commandsOf(root) {
		for line := range strings.Lines(cmd.Example) {
			_, call, ok := strings.Cut(strings.TrimSpace(line), "resell ")
			if !ok {
				continue
			}
			call, _, _ = strings.Cut(call, " | ")
			named, _, err := root.Find(strings.Fields(call))
			require.NoError(t, err, line)
			require.NotSame(t, root, named, line)
			for word := range strings.FieldsSeq(call) {
				if word == "--" {
					break
				}
				if name, long := strings.CutPrefix(word, "--"); long {
					name, _, _ = strings.Cut(name, "=")
					require.True(t, named.Flags().Lookup(name) != nil || named.InheritedFlags().Lookup(name) != nil, "--%s in %s", name, line)
				}
			}
		}
	}
}

// Help and completion are there without settings, keyring and network: all of them
// are found through the environment, at which this process must not look.
func TestHelpTouchesNothing(t *testing.T) {
	t.Parallel()
	root := cli.NewRoot(cli.Process{})
	runs := [][]string{
		{},
		{"--version"},
		{"help"},
		{"help", "license", "add"},
		{"completion", "bash"},
		{"completion", "zsh"},
		{"completion", "fish"},
		{"completion", "powershell"},
		{"__complete", "lic"},
		{"__complete", "license", "list", "--state", ""},
	}
	for _, cmd := range commandsOf(root) {
		runs = append(runs, append(strings.Fields(cmd.CommandPath())[1:], "--help"))
	}
	for _, args := range runs {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			code := cli.Main(t.Context(), cli.Process{
				Args: args, Stdin: forbidden{t}, Stdout: &stdout, Stderr: &stderr,
				Getenv: func(name string) string { t.Errorf("it asks for %s", name); return "" },
				Now:    func() time.Time { t.Error("it asks for the time"); return time.Time{} },
			})
			require.Zero(t, code, stderr.String())
			require.NotEmpty(t, stdout.String())
			if len(args) == 0 || args[0] != "__complete" {
				require.Empty(t, stderr.String())
			}
		})
	}
}

type forbidden struct{ t *testing.T }

func (f forbidden) Read([]byte) (int, error) {
	f.t.Error("it reads standard input")
	return 0, io.EOF
}

// commandsOf are a command and all below it.
func commandsOf(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, child := range cmd.Commands() {
		all = append(all, commandsOf(child)...)
	}
	return all
}

func within(cmd *cobra.Command, name string) bool {
	return cmd != nil && (cmd.Name() == name || within(cmd.Parent(), name))
}
