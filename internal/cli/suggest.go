package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/nearest"
)

// unknownCommand refuses a word that is no command of a group, with the commands that
// may have been meant, of whichever group: for "licence list", "add license" or "extend".
func unknownCommand(f *command.Factory, group *cobra.Command, args []string) error {
	return unknown(f, fmt.Sprintf("unknown command %q for %q", args[0], group.CommandPath()), group, args)
}

// unknown adds to a message what may have been meant.
func unknown(f *command.Factory, message string, group *cobra.Command, args []string) error {
	path := strings.Fields(group.CommandPath())[1:]
	group, _, err := NewRoot(f.Process).Find(path) // among all commands, not only those of this run
	if err != nil {
		return err
	}
	near := meant(group, append(path, args...))
	if len(near) == 0 {
		return command.Usage("%s", message)
	}
	paths, steps := make([]string, len(near)), make([]string, len(near))
	for i, cmd := range near {
		paths[i], steps[i] = cmd.CommandPath(), cmd.CommandPath()+" --help"
		if cmd.IsAdditionalHelpTopicCommand() {
			paths[i] = "resell help " + cmd.Name()
			steps[i] = paths[i]
		}
	}
	return &command.UsageError{Message: message + "; did you mean " + strings.Join(paths, " or ") + "?", Try: steps}
}

// most is how many commands are named at once: more would be a list of commands, for
// which there is help.
const most = 4

// meant finds the commands with the fewest slips between them and what was typed, of
// which the group was found; none where those would be too many.
func meant(group *cobra.Command, words []string) []*cobra.Command {
	type guess struct {
		cmd   *cobra.Command
		slips int
	}
	var best []guess
	for _, cmd := range below(group.Root()) {
		slips, ok := slipsTo(cmd, words)
		switch {
		case !ok || cmd == group || cmd == group.Parent() || len(best) > 0 && slips > best[0].slips:
			continue
		case len(best) > 0 && slips < best[0].slips:
			best = best[:0]
		}
		best = append(best, guess{cmd, slips})
	}
	// A command says more than the group that it is in.
	var found []*cobra.Command
	for _, g := range best {
		if !slices.ContainsFunc(best, func(other guess) bool { return other.cmd.Parent() == g.cmd }) {
			found = append(found, g.cmd)
		}
	}
	if len(found) > most {
		return nil
	}
	return found
}

// slipsTo counts what lies between the words and the path of a command: slips in each,
// two that changed places, or the group left out or wrong.
func slipsTo(cmd *cobra.Command, words []string) (int, bool) {
	var path []*cobra.Command
	for c := cmd; c.HasParent(); c = c.Parent() {
		path = append([]*cobra.Command{c}, path...)
	}
	if slips, ok := slipsInOrder(path, words); ok {
		return slips, true
	}
	if len(path) == 2 && len(words) > 1 {
		if slips, ok := slipsInOrder(path, []string{words[1], words[0]}); ok {
			return slips + 1, true
		}
	}
	const elsewhere = 2 // as two slips: a word of the same group that is nearer comes first
	verb := words[0]
	if len(words) > 1 && slices.ContainsFunc(cmd.Root().Commands(), func(c *cobra.Command) bool { return isCalled(c, verb) }) {
		verb = words[1] // after the name of another group
	}
	return elsewhere, len(path) > 1 && isCalled(cmd, verb)
}

func slipsInOrder(path []*cobra.Command, words []string) (int, bool) {
	if len(words) < len(path) {
		return 0, false
	}
	sum := 0
	if last := path[len(path)-1]; last.HasSubCommands() && len(words) > len(path) {
		sum = 1 // the command of the group that was meant is not found yet
	}
	for i, cmd := range path {
		least, ok := 0, false
		for _, name := range append([]string{cmd.Name()}, cmd.Aliases...) {
			slips, near := nearest.Distance(words[i], name)
			if slips > 1 && alike(words[i], name) {
				slips, near = 1, true
			}
			if near && (!ok || slips < least) {
				least, ok = slips, true
			}
		}
		if !ok {
			return 0, false
		}
		sum += least
	}
	return sum, true
}

// alike tells words that other programs use for the same, and the plural of a noun.
func alike(typed, name string) bool {
	for _, same := range [][]string{
		{"create", "add", "new", "generate", "make", "register"},
		{"remove", "delete", "rm", "revoke", "deactivate"},
		{"view", "show", "get", "info", "status"},
		{"edit", "update", "change", "modify"},
		{"extend", "renew", "prolong"},
		{"list", "search", "find"},
		{"pause", "suspend", "stop"},
		{"resume", "unpause", "start"},
	} {
		if slices.Contains(same, typed) && slices.Contains(same, name) {
			return true
		}
	}
	return typed == plural(name)
}

// plural is the plural of a noun, as in the names of exports: companies list.
func plural(noun string) string {
	if stem, ok := strings.CutSuffix(noun, "y"); ok && !strings.HasSuffix(noun, "ey") {
		return stem + "ies"
	}
	return noun + "s"
}

// isCalled tells whether a word is a name of the command, exactly.
func isCalled(cmd *cobra.Command, word string) bool {
	return cmd.Name() == word || cmd.HasAlias(word)
}

// below are the commands below a group, groups and topics of help too.
func below(group *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, cmd := range group.Commands() {
		if (cmd.IsAvailableCommand() || cmd.IsAdditionalHelpTopicCommand()) && cmd.Name() != "help" {
			all = append(append(all, cmd), below(cmd)...)
		}
	}
	return all
}

// nearestFlags are the flags that may have been meant: those of a like name, or where a
// file is read the other word for it.
func nearestFlags(cmd *cobra.Command, name string) []string {
	var names []string
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if !flag.Hidden {
			names = append(names, flag.Name)
		}
	})
	slices.Sort(names)
	near := nearest.Words(name, names, 3)
	if other := map[string]string{"from": "file", "file": "from"}[name]; slices.Contains(names, other) {
		near = []string{other}
	}
	for i, flag := range near {
		near[i] = "--" + flag
	}
	return near
}
