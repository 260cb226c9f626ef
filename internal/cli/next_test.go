package cli

import (
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// Every next step is of a code that there is, and a command line that there is: its
// commands, its flags and the number of its arguments.
func TestNextStepsAreCommands(t *testing.T) {
	t.Parallel()
	steps := stepsAfter()
	for _, kind := range []string{
		"company", "license", "product", "contract", "order", "invoice", "key", "device", "reseller", "user", "token", "location",
	} {
		ways := finding(&api.ProblemSubject{Kind: kind, Name: "x"})
		require.Len(t, ways, 1, kind)
		steps["not_found"] = append(steps["not_found"], ways...)
	}
	for name, ways := range steps {
		require.True(t, slices.ContainsFunc(codes(), func(c code) bool { return c.name == name }), "there is no code %s", name)
		for _, way := range ways {
			line := regexp.MustCompile(`\{[a-z-]+\}`).ReplaceAllString(way.command, "x")
			require.NoError(t, valid(strings.Fields(line)), "%s: %s", name, way.command)
		}
	}
}

// valid parses a command line without running it.
func valid(args []string) error {
	root := newRoot(command.NewFactory(command.Process{}))
	if len(args) > 1 && args[0] == "help" {
		topic, _, err := root.Find(args[1:])
		if err == nil && topic == root {
			err = command.Usage("no such topic")
		}
		return err
	}
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	if cmd.HasSubCommands() {
		return command.Usage("%s does nothing by itself", cmd.CommandPath())
	}
	cmd.InitDefaultHelpFlag()
	if err := cmd.ParseFlags(rest); err != nil {
		return err
	}
	if help, _ := cmd.Flags().GetBool("help"); help {
		return nil
	}
	for _, check := range []func() error{
		func() error { return cmd.ValidateArgs(cmd.Flags().Args()) }, cmd.ValidateRequiredFlags, cmd.ValidateFlagGroups,
	} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func TestValidNoticesWhatIsNot(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"license", "licence list", "license view", "license view a b", "license list --nosuch", "user create", "help nosuch"} {
		require.Error(t, valid(strings.Fields(line)), line)
	}
}

// What is filled in reaches the command as it was, whatever it is.
func TestStepsAreQuoted(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"example.edu", "Example University", "O'Neil & Sons", "$(reboot)", "日本", "*", "a\"b\\c"} {
		line, ok := fill("company view {company}", map[string]string{"company": name})
		require.True(t, ok)
		out, err := exec.CommandContext(t.Context(), "sh", "-c", "printf '%s|' "+line).Output()
		require.NoError(t, err)
		require.Equal(t, "company|view|"+name+"|", string(out))
	}
	for _, name := range []string{"", "--all", "a\nb", "\x1b[31m"} {
		_, ok := fill("company view {company}", map[string]string{"company": name})
		require.False(t, ok, "%q", name)
	}
}

func TestStepsAreAboutWhatWasNamed(t *testing.T) {
	t.Parallel()
	paused := []string{"resume", "edit"}
	for _, test := range []struct {
		line string
		what failure
		want []string
	}{
		{
			"license pause 7GK2M9QX",
			failure{Code: "license_not_pausable", AllowedActions: &paused},
			[]string{"resell license resume 7GK2M9QX", "resell license view 7GK2M9QX"},
		},
		{"license view nosuch --profile second", missing("license", "nosuch"), []string{"resell license list --search nosuch --profile second"}},
		{"license view lic_nosuch", missing("license", "lic_nosuch"), []string{"resell license list"}},
		{"license add -c Example -p foo -t full:1 -q 1", missing("product", "foo"), []string{"resell product list"}},
		{"license add -c Example -p foo -t full:1 -q 1", missing("company", "Example"), []string{"resell company list --search Example"}},
		{"license add -c Example --like NOSUCH -q 1", missing("license", "NOSUCH"), []string{"resell license list --search NOSUCH"}},
		{"license list --company --all", missing("company", "--all"), []string{"resell company list"}},
		{"company location remove Example nosuch", missing("location", "nosuch"), []string{"resell company location list Example"}},
		{"order view 7", missing("order", "7"), []string{"resell order list --all"}},
		{"key view x", missing("key", ""), []string{"resell key list"}},
		{"license add --quote quo_x", missing("quote", "quo_x"), []string{}},
		{"key check x", failure{Code: "not_found"}, []string{}},
		{"license add -p signage -t full:1 -q 1", failure{Code: "term_not_offered"}, []string{"resell product view signage", "resell help terms"}},
		{"invoice send --license A --license B", failure{Code: "license_without_company"}, []string{"resell license list --billing unbilled"}},
		{"company create Lyceum --domain lyceum.example", failure{Code: "already_exists"}, []string{"resell company view lyceum.example"}},
		{"license list", failure{Code: "weak_password"}, []string{}},
	} {
		f := command.NewFactory(command.Process{})
		root := newRoot(f)
		cmd := parsed(t, root, test.line)
		require.Equal(t, test.want, nextSteps(f, cmd, test.what), test.line)
	}
}

func missing(kind, name string) failure {
	return failure{Code: "not_found", Subject: &api.ProblemSubject{Kind: kind, Name: name}}
}

func parsed(t *testing.T, root *cobra.Command, line string) *cobra.Command {
	t.Helper()
	cmd, rest, err := root.Find(strings.Fields(line))
	require.NoError(t, err)
	require.NoError(t, cmd.ParseFlags(rest))
	return cmd
}

// Help tells of every exit code and of every error code.
func TestExitCodesAreTold(t *testing.T) {
	t.Parallel()
	topic := exitCodesText()
	numbers := map[int]bool{}
	for _, e := range exitCodes() {
		require.False(t, numbers[e.number], "%d twice", e.number)
		numbers[e.number] = true
	}
	for _, c := range codes() {
		require.True(t, numbers[c.exit], c.name)
		require.Regexp(t, `\b`+c.name+`\b`, topic)
		require.Contains(t, string(ErrorReference()), "`"+c.name+"`")
	}
}
