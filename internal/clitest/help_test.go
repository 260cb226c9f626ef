package clitest_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
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
