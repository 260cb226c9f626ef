package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/command"
)

// The commands that are made for one run say of themselves what they say among all of them.
func TestCommandsOfOneRun(t *testing.T) {
	t.Parallel()
	var paths [][]string
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		paths = append(paths, strings.Fields(cmd.CommandPath())[1:])
		for _, child := range cmd.Commands() {
			walk(child)
		}
	}
	walk(NewRoot(Process{}))
	require.Greater(t, len(paths), 100)
	for _, path := range paths {
		for _, args := range [][]string{append(path, "--help"), append([]string{"help"}, path...)} {
			all := helpOn(t, command.NewFactory(Process{}), args)
			f := command.NewFactory(Process{Args: args})
			f.NamedOnly()
			require.Equal(t, all, helpOn(t, f, args), args)
		}
	}
}

func helpOn(t *testing.T, f *command.Factory, args []string) string {
	t.Helper()
	root := newRoot(f)
	var text bytes.Buffer
	root.SetOut(&text)
	root.SetErr(&text)
	root.SetArgs(args)
	require.NoError(t, root.Execute(), args)
	return text.String()
}
