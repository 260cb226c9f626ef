package clitest_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/cli"
)

// nowhere is an address at which nobody answers.
const nowhere = "http://127.0.0.1:1"

// subject is a command that rules are held against.
type subject struct {
	cmd     *cobra.Command
	path    string         // without the program: license list
	results []cli.Resource // what it declares to print
	calls   [][]string     // of its examples, those that run it
	folder  string         // where the files of its examples are
}

// subjects are all commands of a tree that can be run.
func subjects(t *testing.T, tree cli.Tree) []subject {
	t.Helper()
	folder := samples(t)
	var all []subject
	for _, cmd := range commandsOf(tree.Root) {
		if cmd.Runnable() {
			all = append(all, newSubject(tree, cmd, folder))
		}
	}
	require.Greater(t, len(all), 80, "the tree is not walked")
	return all
}

func newSubject(tree cli.Tree, cmd *cobra.Command, folder string) subject {
	path := strings.TrimPrefix(strings.TrimPrefix(cmd.CommandPath(), tree.Root.Name()), " ")
	s := subject{cmd: cmd, path: path, results: tree.Results(cmd), folder: folder}
	for line := range strings.Lines(cmd.Example) {
		for _, args := range callsOf(line) {
			if named, _, err := tree.Root.Find(args); err == nil && named == cmd && !cmd.HasSubCommands() {
				s.calls = append(s.calls, args)
			}
		}
	}
	return s
}

// samples is a folder with the files that examples read.
func samples(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, from := range map[string]string{
		"schools.csv":  filepath.Join("..", "..", "docs", "samples", "schools.csv"),
		"catalog.yaml": filepath.Join("..", "daemon", "demo.yaml"),
	} {
		text, err := os.ReadFile(from)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), text, 0o600))
	}
	for _, edited := range []string{"licenses.csv", "companies.csv"} { // an export
		require.NoError(t, os.WriteFile(filepath.Join(folder, edited), []byte("id,version,name\nlic_1,1,Front desk\n"), 0o600))
	}
	return folder
}

// words are the words that name the command, and others after them.
func (s subject) words(more ...string) []string { return append(strings.Fields(s.path), more...) }

// among tells whether a table names the command or one above it.
func (s subject) among(table map[string]string) (reason string, ok bool) {
	for path, why := range table {
		if s.path == path || strings.HasPrefix(s.path, path+" ") {
			return why, true
		}
	}
	return "", false
}

// example is the words of the first example with one of the flags, else of the first one
// that does not go on from standard input. Its files are in the subject's folder.
func (s subject) example(flags ...string) []string {
	if len(s.calls) == 0 {
		return s.words()
	}
	flagged := func(args []string) bool {
		return !slices.Contains(args, "-") && slices.ContainsFunc(flags, func(flag string) bool { return slices.Contains(args, flag) })
	}
	at := slices.IndexFunc(s.calls, flagged)
	if at < 0 {
		at = max(0, slices.IndexFunc(s.calls, func(args []string) bool { return !slices.Contains(args, "-") }))
	}
	args := slices.Clone(s.calls[at])
	for i, arg := range args {
		if regexp.MustCompile(`^[\w-]+\.(csv|gz|html|lic|ndjson|pdf|pem|txt|yaml)$`).MatchString(arg) {
			args[i] = filepath.Join(s.folder, arg)
		}
	}
	return args
}

// agreed is an example that really does what it says, where nobody is there to ask.
func (s subject) agreed() []string {
	args := without(s.example("--yes", "--password-stdin"), "--dry-run")
	if s.cmd.Flags().Lookup("yes") != nil && !slices.Contains(args, "--yes") {
		args = append(args, "--yes")
	}
	return args
}

func without(args []string, words ...string) []string {
	return slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return slices.Contains(words, arg) })
}

// situation is where a command is run. There is no API in it.
type situation struct {
	token    bool
	terminal bool
}

// outcome is what came of a run.
type outcome struct {
	args           []string
	code           int
	stdout, stderr string
}

func (s subject) try(t *testing.T, in situation, args ...string) outcome {
	t.Helper()
	dir := t.TempDir()
	environment := map[string]string{
		"RESELL_HOST": nowhere, "RESELL_MAX_WAIT": "0s", "NO_COLOR": "1", "TERM": "xterm", "HOME": dir,
		"RESELL_CONFIG_DIR": filepath.Join(dir, "config"), "RESELL_STATE_DIR": filepath.Join(dir, "state"),
	}
	if in.token {
		token, err := api.NewToken(rand.Reader, api.TestPrefix)
		require.NoError(t, err)
		environment["RESELL_TOKEN"] = token
	}
	// An address in an example is nobody's to call.
	args = slices.Clone(args)
	for i, arg := range args {
		if strings.HasPrefix(arg, "https://") && i > 0 && args[i-1] == "--host" {
			args[i] = nowhere
		}
	}
	var stdout, stderr bytes.Buffer
	code := cli.Main(t.Context(), cli.Process{
		Args: args, Stdin: strings.NewReader("a password of sixteen\n"), Stdout: &stdout, Stderr: &stderr, Now: time.Now,
		Getenv:        func(name string) string { return environment[name] },
		StdinTerminal: in.terminal, StdoutTerminal: in.terminal, StderrTerminal: in.terminal, Width: 80,
		ReadPassword: func() (string, error) { return "a password of sixteen", nil },
	})
	return outcome{args, code, stdout.String(), stderr.String()}
}

// refused wants an exit code, no data, and one message for a person.
func (o outcome) refused(t *testing.T, code int) {
	t.Helper()
	if strings.HasPrefix(o.stderr, "{") { // the example asks for JSON
		o.refusedAsJSON(t, code)
		return
	}
	require.Equal(t, code, o.code, "%q: %s", o.args, o.stderr)
	require.Empty(t, o.stdout, "%q fails, and yet there is data", o.args)
	require.Equal(t, 1, strings.Count("\n"+o.stderr, "\nresell: "), "%q says %s", o.args, o.stderr)
}

// refusedAsJSON wants the message as one JSON object.
func (o outcome) refusedAsJSON(t *testing.T, code int) {
	t.Helper()
	require.Equal(t, code, o.code, "%q: %s", o.args, o.stderr)
	require.Empty(t, o.stdout, "%q fails, and yet there is data", o.args)
	var told struct {
		Code      string    `json:"code"`
		Message   string    `json:"message"`
		ExitCode  int       `json:"exit_code"`
		NextSteps *[]string `json:"next_steps"`
	}
	require.NoError(t, json.Unmarshal([]byte(o.stderr), &told), "%q says %s", o.args, o.stderr)
	require.Regexp(t, `^[a-z_]+$`, told.Code)
	require.NotEmpty(t, told.Message)
	require.Equal(t, code, told.ExitCode)
	require.NotNil(t, told.NextSteps)
}

// callsOf are the runs of resell in a line of shell, without the program's name.
func callsOf(line string) [][]string {
	var calls [][]string
	var current []string
	running := false
	end := func() {
		if running {
			calls = append(calls, current)
		}
		running, current = false, nil
	}
	for _, word := range shellWords(line) {
		switch {
		case strings.ContainsAny(word[:1], "|<>()"):
			end()
		case !running && word == "resell":
			running = true
		case running:
			current = append(current, strings.Trim(word, `'"`))
		}
	}
	end()
	return calls
}

// shellWords splits a line at spaces and operators, but not within quotes. A command
// in $( ) is apart from what is around it.
func shellWords(line string) []string {
	line = regexp.MustCompile(`"([^"]*)\$\(([^)]*)\)([^"]*)"`).ReplaceAllString(line, `"$1" ( $2 ) "$3"`)
	return regexp.MustCompile(`[|<>()]|(?:'[^']*'|"[^"]*"|[^\s'"|<>()])+`).FindAllString(line, -1)
}
