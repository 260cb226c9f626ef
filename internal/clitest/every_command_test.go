package clitest_test

import (
	"strings"
	"testing"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/cli"
)

// rule holds for every command. Most are tried by running a command's own example, so
// that a command which is added later is held to them without a line here.
type rule struct {
	name  string
	check func(*testing.T, subject)
	// except names the commands that it does not hold for, with all below them, and why.
	except map[string]string
}

func rules() []rule {
	const (
		cobras  = "made by cobra"
		noData  = "it prints no resource"
		offline = "it needs no API"
		program = "it runs another program"
	)
	return []rule{
		{"has a line that says what it does", saysWhatItDoes, map[string]string{"help": cobras, "completion": cobras}},
		{"has examples that are commands", hasExamples, map[string]string{"help": cobras, "completion": cobras}},
		{"declares what it prints", declaresResults, map[string]string{
			"help": noData, "completion": noData, "sandbox": program, "auth logout": noData,
			"api": "what it prints is the server's", "auth login": "a person reads who is signed in", "auth token": "the token alone, for another program",
			"export": "rows of a file, as the server writes them", "company template": "a file", "license template": "a file", "invoice download": "a document",
		}},
		{"lists the fields for a bare --json", listsFields, nil},
		{"has --limit where it lists", hasLimit, map[string]string{"config list": "there are as many settings as there are"}},
		{"refuses --columns where the output has none", refusesColumnsOfJSON, nil},
		{"refuses an empty filter", refusesEmptyFilter, nil},
		{"refuses an unknown flag", refusesUnknownFlag, nil},
		{"refuses an unknown command", refusesUnknownCommand, nil},
		{"refuses too many arguments", refusesTooManyArguments, map[string]string{
			"help": cobras, "sandbox": "the rest is a command of its own",
		}},
		{"asks before it spends or destroys", asksFirst, nil},
		{"needs a token", needsToken, map[string]string{
			"help": offline, "completion": offline, "commands": offline, "version": offline, "config": offline, "license verify": offline, "sandbox": program,
			"company template": offline, "license template": offline,
			"auth login": "it gets one", "auth switch": offline, "auth status": "it tells of every profile, as a result", "auth logout": "there may be none to forget", "doctor": "it tells that there is none",
		}},
		{"tells that the API cannot be reached", needsAPI, map[string]string{
			"help": offline, "completion": offline, "commands": offline, "version": offline, "config": offline, "license verify": offline, "sandbox": program,
			"company template": offline, "license template": offline,
			"auth token": "it is kept here", "auth switch": offline, "auth status": "it tells of every profile, as a result", "auth logout": "the token is forgotten here all the same", "doctor": "it tells what is wrong as a result",
		}},
		{"does not color with NO_COLOR", keepsColorsOff, map[string]string{"sandbox": program}},
	}
}

func TestEveryCommand(t *testing.T) {
	t.Parallel()
	tree := cli.NewTree(cli.Process{})
	for _, s := range subjects(t, tree) {
		t.Run(s.path, func(t *testing.T) {
			t.Parallel()
			for _, r := range rules() {
				if _, excepted := s.among(r.except); !excepted {
					t.Run(r.name, func(t *testing.T) { r.check(t, s) })
				}
			}
		})
	}
	for _, r := range rules() {
		for path := range r.except {
			cmd, rest, err := tree.Root.Find(strings.Fields(path))
			require.NoError(t, err, path)
			require.Empty(t, rest, "%s: an exception for %q, which there is not", r.name, path)
			require.NotSame(t, tree.Root, cmd, path)
		}
	}
}

// A flag has one shorthand and one word for its value wherever it is, so that what is
// known of one command is known of all.
func TestFlagsAreAlike(t *testing.T) {
	t.Parallel()
	type look struct{ shorthand, value string }
	looks, first := map[string]look{}, map[string]string{}
	for _, cmd := range commandsOf(cli.NewTree(cli.Process{}).Root) {
		cmd.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
			value, _ := pflag.UnquoteUsage(flag)
			its := look{flag.Shorthand, value}
			if before, seen := looks[flag.Name]; seen {
				require.Equal(t, before, its, "--%s of %s and of %s", flag.Name, first[flag.Name], cmd.CommandPath())
			}
			looks[flag.Name], first[flag.Name] = its, cmd.CommandPath()
			if flag.Value.Type() != "bool" {
				require.NotContains(t, []string{"", "string", "strings", "stringArray", "int", "int64", "duration"}, value,
					"--%s of %s: what its value is, in backquotes", flag.Name, cmd.CommandPath())
			}
		})
	}
}

func saysWhatItDoes(t *testing.T, s subject) {
	t.Helper()
	require.Regexp(t, `^[A-Z][^\n]*[^.]$`, s.cmd.Short)
	require.LessOrEqual(t, len(s.cmd.Short), 60, s.cmd.Short)
	verb, _, _ := strings.Cut(s.cmd.Short, " ")
	require.False(t, strings.HasSuffix(verb, "s") || strings.HasSuffix(verb, "ing"), "%q is no imperative", s.cmd.Short)
	s.cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
		require.NotEmpty(t, flag.Usage, "--%s", flag.Name)
		require.Equal(t, strings.ToLower(flag.Name), flag.Name)
	})
}

func hasExamples(t *testing.T, s subject) {
	t.Helper()
	if s.cmd.HasSubCommands() {
		return
	}
	require.NotEmpty(t, s.calls, "no example runs it")
	for line := range strings.Lines(s.cmd.Example) {
		require.True(t, strings.HasPrefix(line, "  $ "), "%q", line)
		calls := callsOf(line)
		require.NotEmpty(t, calls, line)
		for _, args := range calls {
			root := cli.NewRoot(cli.Process{})
			cmd, rest, err := root.Find(args)
			require.NoError(t, err, line)
			require.False(t, cmd.HasSubCommands(), line)
			require.NoError(t, cmd.ParseFlags(rest), line)
			require.NoError(t, cmd.ValidateArgs(cmd.Flags().Args()), line)
			require.NoError(t, cmd.ValidateRequiredFlags(), line)
			require.NoError(t, cmd.ValidateFlagGroups(), line)
			for _, word := range rest {
				require.NotRegexp(t, `^-[a-np-zA-Z]$`, word, "%q has a short flag other than -o", line)
			}
		}
	}
}

func declaresResults(t *testing.T, s subject) {
	t.Helper()
	if !s.cmd.HasSubCommands() {
		require.NotEmpty(t, s.results, "declare it with Factory.Results")
	}
}

func listsFields(t *testing.T, s subject) {
	t.Helper()
	if len(s.results) == 0 {
		return
	}
	got := s.try(t, situation{}, s.words("--json")...)
	got.refused(t, 2)
	require.Regexp(t, `^resell: --json takes a list of these fields, separated by commas:\n  \w+(\.\w+)*\n`, got.stderr)
}

func hasLimit(t *testing.T, s subject) {
	t.Helper()
	if name := s.cmd.Name(); name == "list" || name == "history" {
		require.NotNil(t, s.cmd.Flags().Lookup("limit"), "a list without --limit")
	}
	if s.cmd.Flags().Lookup("limit") != nil {
		got := s.try(t, situation{token: true}, append(s.example(), "--limit", "0")...)
		got.refused(t, 2)
		require.Contains(t, got.stderr, "--limit is 1 or more: leave it out for all rows", got.stderr)
	}
}

func refusesColumnsOfJSON(t *testing.T, s subject) {
	t.Helper()
	if len(s.results) > 0 {
		s.try(t, situation{token: true}, append(s.example(), "--output", "json", "--columns", "id")...).refusedAsJSON(t, 2)
	}
}

func refusesEmptyFilter(t *testing.T, s subject) {
	t.Helper()
	if s.cmd.Flags().Lookup("limit") == nil {
		return
	}
	s.cmd.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
		if flag.Value.Type() == "bool" || flag.Name == "help" {
			return
		}
		got := s.try(t, situation{token: true}, append(s.example(), "--"+flag.Name+"=")...)
		got.refused(t, 2)
		require.Contains(t, got.stderr, "--"+flag.Name, got.stderr)
	})
}

func refusesUnknownFlag(t *testing.T, s subject) {
	t.Helper()
	got := s.try(t, situation{}, s.words("--no-such-flag")...)
	got.refused(t, 2)
	require.Contains(t, got.stderr, "--no-such-flag", got.stderr)
	s.try(t, situation{}, s.words("--output", "json", "--no-such-flag")...).refusedAsJSON(t, 2)
	s.try(t, situation{}, s.words("--no-such-flag", "-o=json")...).refusedAsJSON(t, 2)
	s.try(t, situation{}, s.words("--no-such-flag", "--json", "id")...).refusedAsJSON(t, 2)
}

func refusesUnknownCommand(t *testing.T, s subject) {
	t.Helper()
	if !s.cmd.HasSubCommands() {
		return
	}
	got := s.try(t, situation{}, s.words("no-such-command")...)
	got.refused(t, 2)
	require.Contains(t, got.stderr, "no-such-command", got.stderr)
	s.try(t, situation{}, s.words("no-such-command", "--output", "json")...).refusedAsJSON(t, 2)
}

func refusesTooManyArguments(t *testing.T, s subject) {
	t.Helper()
	if s.cmd.HasSubCommands() {
		return
	}
	many := append(s.example(), "one", "too", "many", "of", "them")
	s.try(t, situation{}, many...).refused(t, 2)
	s.try(t, situation{}, append(many, "--output", "json")...).refusedAsJSON(t, 2)
}

func asksFirst(t *testing.T, s subject) {
	t.Helper()
	if s.cmd.Flags().Lookup("yes") == nil {
		return
	}
	args := without(s.example("--yes"), "--yes", "--dry-run")
	got := s.try(t, situation{token: true}, args...)
	got.refused(t, 2)
	require.Contains(t, got.stderr, "--yes", got.stderr)
	s.try(t, situation{token: true, terminal: true}, append(args, "--no-input")...).refused(t, 2)
}

func needsToken(t *testing.T, s subject) {
	t.Helper()
	if !s.cmd.HasSubCommands() {
		s.try(t, situation{}, s.agreed()...).refused(t, 4)
	}
}

func needsAPI(t *testing.T, s subject) {
	t.Helper()
	if s.cmd.HasSubCommands() {
		return
	}
	s.try(t, situation{token: true}, s.agreed()...).refused(t, 6)
	s.try(t, situation{token: true}, append(s.agreed(), "--output", "json")...).refusedAsJSON(t, 6)
}

func keepsColorsOff(t *testing.T, s subject) {
	t.Helper()
	runs := [][]string{s.words("--help"), s.words("--no-such-flag")}
	if len(s.calls) > 0 {
		runs = append(runs, s.agreed())
	}
	for _, args := range runs {
		got := s.try(t, situation{token: true, terminal: true}, args...)
		require.NotContains(t, got.stdout+got.stderr, "\x1b", args)
	}
}
