package clitest_test

import (
	"cmp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/resell-cli/resell/internal/cli"
)

// shown checks that every command in standard output of the last command is one: its
// flags are there, and its arguments fit.
func (r *runner) shown(ts *testscript.TestScript, _ []string) {
	found := false
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		_, text, ok := strings.Cut(line, "resell ")
		if !ok {
			continue
		}
		found = true
		cmd, rest, err := cli.NewRoot(cli.Process{}).Find(strings.Fields(text))
		ts.Check(err)
		if !cmd.Runnable() || cmd.HasSubCommands() {
			ts.Fatalf("%s does nothing", line)
		}
		if err := cmd.ParseFlags(rest); err != nil {
			ts.Fatalf("%s: %v", line, err)
		}
		err = cmp.Or(cmd.ValidateArgs(cmd.Flags().Args()), cmd.ValidateRequiredFlags(), cmd.ValidateFlagGroups())
		if err != nil {
			ts.Fatalf("%s: %v", line, err)
		}
	}
	if !found {
		ts.Fatalf("it shows no command")
	}
}
