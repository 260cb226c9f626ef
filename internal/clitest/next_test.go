package clitest_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/resell-cli/resell/internal/cli"
)

// follow takes the next steps that a failed run has told of: all of them are command
// lines that resell takes. Those that would change something, or need a person, are
// parsed only, by the tests of package cli.
func (r *runner) follow(ts *testscript.TestScript, args []string, said string) {
	if path, declared := r.exitsOf(ts, args); declared != nil && !slices.Contains(declared, r.exit) {
		ts.Fatalf("%s ends with exit code %d, and resell commands says that it ends with one of %v", path, r.exit, declared)
	}
	for _, step := range stepsIn(said) {
		args := words(ts, step)
		if args[0] != "resell" {
			ts.Fatalf("%q is not a command of resell", step)
		}
		if args = args[1:]; changes(args) {
			continue
		}
		var stdout, stderr bytes.Buffer
		if code := cli.Main(r.tb.Context(), cli.Process{
			Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Getenv: ts.Getenv,
			Dir: ts.MkAbs("."), Executable: r.executable, Now: r.server.Clock.Now,
		}); code == 2 {
			ts.Fatalf("the next step %q is refused: %s", step, stderr.String())
		}
	}
}

// exitsOf are the exit codes that the command of a command line says it ends with; none
// where it is no command.
func (r *runner) exitsOf(ts *testscript.TestScript, args []string) (string, []int) {
	cmd, _, err := cli.NewRoot(cli.Process{}).Find(args)
	ts.Check(err)
	r.described.Do(func() {
		var stdout, stderr bytes.Buffer
		cli.Main(r.tb.Context(), cli.Process{
			Args: []string{"commands", "--json", "path,exit_codes"}, Stdout: &stdout, Stderr: &stderr,
			Getenv: func(name string) string { return map[string]string{"HOME": ts.Getenv("WORK")}[name] }, Now: r.server.Clock.Now,
		})
		var all []struct {
			Path      string `json:"path"`
			ExitCodes []int  `json:"exit_codes"`
		}
		ts.Check(json.Unmarshal(stdout.Bytes(), &all))
		for _, c := range all {
			r.exits[c.Path] = c.ExitCodes
		}
	})
	return cmd.CommandPath(), r.exits[cmd.CommandPath()]
}

// stepsIn finds the next steps in what was said to a person or a script.
func stepsIn(said string) []string {
	var steps []string
	for line := range strings.Lines(said) {
		line = strings.TrimSuffix(line, "\n")
		if step, ok := strings.CutPrefix(line, "  try: "); ok {
			steps = append(steps, step)
		}
		var failure struct {
			NextSteps []string `json:"next_steps"`
		}
		if strings.HasPrefix(line, `{"code":`) && json.Unmarshal([]byte(line), &failure) == nil {
			steps = append(steps, failure.NextSteps...)
		}
	}
	return steps
}

// words splits a command line as a shell does.
func words(ts *testscript.TestScript, line string) []string {
	out, err := exec.Command("sh", "-c", `printf '%s\n' `+line).Output()
	ts.Check(err)
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

func changes(args []string) bool {
	if slices.Contains(args, "--help") || slices.Contains(args, "--dry-run") || args[0] == "help" {
		return false
	}
	cmd, _, err := cli.NewRoot(cli.Process{}).Find(args)
	if err != nil {
		return false // which is refused when it is run
	}
	path := cmd.CommandPath()
	return cmd.Flags().Lookup("idempotency-key") != nil || path == "resell auth login" || path == "resell sandbox"
}
