package clitest_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/cli"
	"github.com/resell-cli/resell/internal/clitest"
)

// A list that finds nothing is done, and says so in the form that was asked for. What
// a list takes to find nothing is found out by its examples and its flags.
func TestEmptyLists(t *testing.T) {
	t.Parallel()
	server := clitest.Start(t, clitest.Options{MailDir: t.TempDir()})
	c := caller{t, server}
	token := server.Token(t, clitest.Rival, noExpiry())
	name, domain := "Example University", "example.edu"
	c.make(token, "/v1/companies", api.CompanyFields{Name: &name, Domain: &domain}, &api.Company{})

	lists := 0
	for _, s := range subjects(t, cli.NewTree(cli.Process{})) {
		if s.cmd.Flags().Lookup("limit") == nil {
			continue
		}
		lists++
		t.Run(s.path, func(t *testing.T) {
			t.Parallel()
			run := func(terminal bool, args ...string) outcome { return listed(t, server, token, terminal, args) }
			args := s.findsNothing(t, func(args []string) outcome { return run(false, args...) })
			results := map[string]string{
				"json": "[]\n", "ndjson": "", "yaml": "[]\n", "table": "", "name": "", "csv": `^[a-z_.,]+\n$`, "tsv": "^[a-z_.\t]+\n$", "markdown": `^\| [^\n]+ \|\n\|( -+:? \|)+\n$`,
			}
			for format, want := range results {
				got := run(false, append(args, "--output", format)...)
				require.Zero(t, got.code, got.stderr)
				if strings.HasPrefix(want, "^") {
					require.Regexp(t, want, got.stdout, format)
				} else {
					require.Equal(t, want, got.stdout, format)
				}
				require.Empty(t, got.stderr, format)
			}
			require.Empty(t, run(false, args...).stdout, "in a pipe")
			require.Equal(t, "[]\n", run(false, append(args, "--json", firstField(t, s))...).stdout)
			require.Equal(t, "0\n", run(false, append(args, "--jq", "length")...).stdout)
			require.Empty(t, run(false, append(args, "--template", "{{range .}}x{{end}}")...).stdout)

			seen := run(true, args...)
			require.Zero(t, seen.code, seen.stderr)
			require.Empty(t, seen.stdout)
			require.Contains(t, seen.stderr, "Nothing found.")
		})
	}
	require.Greater(t, lists, 10, "the lists are not found")
}

// findsNothing are the words of a list that finds nothing: an example, with one filter
// more where that is what it takes.
func (s subject) findsNothing(t *testing.T, run func([]string) outcome) []string {
	t.Helper()
	var said []string
	nothing := func(args []string) bool {
		got := run(append(args, "--output", "json"))
		said = append(said, strings.Join(args, " ")+": "+got.stdout+got.stderr)
		return got.code == 0 && got.stdout == "[]\n"
	}
	var filters []string
	s.cmd.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
		_, words, _ := strings.Cut(flag.Usage, ": ")
		for _, value := range append(strings.Split(words, ", "), "nothing-like-it", "XXX", "2001-01-01") {
			filters = append(filters, "--"+flag.Name+"="+value)
		}
	})
	for _, call := range append(s.calls, s.words()) {
		args := withoutOutput(call)
		if nothing(args) {
			return args
		}
		for _, filter := range filters {
			if more := append(withoutOutput(call), filter); nothing(more) {
				return more
			}
		}
	}
	require.Fail(t, "nothing makes it find nothing", strings.Join(said, "\n"))
	return nil
}

// withoutOutput is a call without what says how to print it.
func withoutOutput(call []string) []string {
	var args []string
	for i := 0; i < len(call); i++ {
		switch call[i] {
		case "--json", "--jq", "--template", "--columns", "-o", "--output":
			i++
		default:
			args = append(args, call[i])
		}
	}
	return args
}

func firstField(t *testing.T, s subject) string {
	t.Helper()
	require.NotEmpty(t, s.results)
	fields := s.try(t, situation{}, s.words("--json")...).stderr
	_, fields, _ = strings.Cut(fields, "separated by commas:\n")
	first, _, _ := strings.Cut(fields, "\n")
	return strings.TrimSpace(first)
}

func listed(t *testing.T, server *clitest.Server, token string, terminal bool, args []string) outcome {
	t.Helper()
	dir := t.TempDir()
	environment := map[string]string{
		"RESELL_HOST": server.URL, "RESELL_TOKEN": token, "RESELL_MAX_WAIT": "0s", "NO_COLOR": "1",
		"RESELL_CONFIG_DIR": filepath.Join(dir, "config"), "RESELL_STATE_DIR": filepath.Join(dir, "state"),
	}
	var stdout, stderr bytes.Buffer
	code := cli.Main(t.Context(), cli.Process{
		Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Now: server.Clock.Now,
		Getenv: func(name string) string { return environment[name] }, StdoutTerminal: terminal, Width: 80,
	})
	return outcome{args, code, stdout.String(), stderr.String()}
}
