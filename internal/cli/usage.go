package cli

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
)

// isCobraUsage tells the errors that cobra makes of a wrong command line. It gives
// them no type.
func isCobraUsage(err error) bool {
	for _, begin := range []string{"unknown command", "unknown flag", "accepts ", "requires at least", "required flag(s)", "invalid argument", "if any flags in the group", "at least one of the flags"} {
		if strings.HasPrefix(err.Error(), begin) {
			return true
		}
	}
	return false
}

// usageText says what is wrong with a command line in the words of the command,
// where cobra and pflag have only counts and Go's own errors.
func usageText(cmd *cobra.Command, err error) string {
	text := err.Error()
	if cmd == nil {
		return text
	}
	var want, got int
	if n, _ := fmt.Sscanf(text, "accepts %d arg(s), received %d", &want, &got); n == 2 {
		return argumentText(cmd, want, got)
	}
	if extra, ok := strings.CutPrefix(text, "unknown command "); ok && !cmd.HasSubCommands() {
		extra = strings.TrimSuffix(extra, fmt.Sprintf(" for %q", cmd.CommandPath()))
		return cmd.CommandPath() + " takes no argument " + extra
	}
	if group := groupText(text); group != "" {
		return group
	}
	if names, ok := strings.CutPrefix(text, "required flag(s) "); ok {
		return neededText(names)
	}
	return flagText(cmd, text)
}

// groupText says which flags go together, which do not, and which of them one is needed.
func groupText(text string) string {
	groups := regexp.MustCompile(`\[([^\]]*)\]`).FindAllStringSubmatch(text, -1)
	if len(groups) == 0 {
		return ""
	}
	last := strings.Fields(groups[len(groups)-1][1])
	for i, name := range last {
		last[i] = "--" + name
	}
	switch {
	case strings.HasPrefix(text, "at least one of the flags in the group"):
		return "give one of " + strings.Join(last, ", ")
	case !strings.HasPrefix(text, "if any flags in the group"):
		return ""
	case strings.HasSuffix(text, "were all set"):
		return strings.Join(last, " and ") + " do not go together"
	}
	return strings.Join(last, " and ") + " is needed, too"
}

// neededText says which flags are missing, of a list such as "email", "name" not set.
func neededText(names string) string {
	var flags []string
	for name := range strings.SplitSeq(strings.TrimSuffix(names, " not set"), ", ") {
		flags = append(flags, "--"+strings.Trim(name, `"`))
	}
	if len(flags) == 1 {
		return flags[0] + " is needed"
	}
	last := len(flags) - 1
	return strings.Join(flags[:last], ", ") + " and " + flags[last] + " are needed"
}

// argumentText names the arguments by the command's usage line: view <license>.
func argumentText(cmd *cobra.Command, want, got int) string {
	name := "argument"
	if _, rest, ok := strings.Cut(cmd.Use, "<"); ok && want == 1 {
		name, _, _ = strings.Cut(rest, ">")
	}
	switch {
	case want != 1:
		return fmt.Sprintf("%s needs %d arguments, not %d: %s", cmd.CommandPath(), want, got, cmd.UseLine())
	case got > want:
		return fmt.Sprintf("%s takes one %s, not %d (quote one with spaces): %s", cmd.CommandPath(), name, got, cmd.UseLine())
	}
	article := "a"
	if strings.ContainsRune("aeiou", rune(name[0])) {
		article = "an"
	}
	return fmt.Sprintf("%s needs %s %s: %s", cmd.CommandPath(), article, name, cmd.UseLine())
}

// flagText rewrites pflag's report of a value that is of the wrong type.
func flagText(cmd *cobra.Command, text string) string {
	parts := regexp.MustCompile(`^invalid argument (".*") for "(?:-., )?--([^"]+)" flag: (.*)$`).FindStringSubmatch(text)
	if parts == nil {
		return text
	}
	value, name, cause := parts[1], parts[2], parts[3]
	flag := cmd.Flag(name)
	if flag == nil {
		return text
	}
	var takes string
	switch kind := flag.Value.Type(); {
	case kind == "bool":
		takes = "true or false"
	case kind == "duration":
		takes = "a duration, such as 30s or 5m"
	case strings.HasPrefix(kind, "float"):
		takes = "a number"
	case strings.HasPrefix(kind, "int"), strings.HasPrefix(kind, "uint"), kind == "count":
		takes = "a whole number"
	default: // a type of ours, which tells its cause in words
		return fmt.Sprintf("--%s cannot be %s: %s", name, value, cause)
	}
	if strings.HasSuffix(cause, "value out of range") {
		return fmt.Sprintf("--%s takes %s, and %s is out of range", name, takes, value)
	}
	return fmt.Sprintf("--%s takes %s, not %s", name, takes, value)
}
