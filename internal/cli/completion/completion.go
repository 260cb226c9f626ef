// Package completion says what may stand in the place of an argument or the value of a
// flag, for the shells' completion. It asks the API where it must, for 300 ms at most,
// and is silent where that does not answer.
package completion

import (
	"cmp"
	"context"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// Register gives every command below root completion for its arguments, by their names
// in its usage line, and for its flags, by theirs. What a command has said itself stays.
// It is called when completion is asked for, and not for every run: cobra keeps what is
// registered, with its commands, for as long as the process lives.
func Register(f *command.Factory, root *cobra.Command) {
	for _, cmd := range root.Commands() {
		Register(f, cmd)
	}
	if !root.HasSubCommands() && root.ValidArgsFunction == nil && len(root.ValidArgs) == 0 {
		root.ValidArgsFunction = arguments(f, places(root.Use))
	}
	root.LocalFlags().VisitAll(func(flag *pflag.Flag) {
		if _, has := root.GetFlagCompletionFunc(flag.Name); has {
			return
		}
		complete := flagValues(f, root, flag.Name)
		if words := command.Words(flag); len(words) > 0 {
			complete = cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
		}
		// Fails only where the flag does not exist, or has a function.
		_ = root.RegisterFlagCompletionFunc(flag.Name, complete)
	})
}

// place is an argument of a usage line: <company>, [license] or <license>...
type place struct {
	name  string
	again bool
}

func places(use string) []place {
	var found []place
	for _, word := range strings.Fields(use)[1:] {
		if !strings.HasPrefix(word, "<") && !strings.HasPrefix(word, "[") {
			break // a flag, or what is run
		}
		name := strings.NewReplacer("<", "", ">", "", "[", "", "]", "", "...", "").Replace(word)
		found = append(found, place{name, strings.Contains(word, "...")})
	}
	return found
}

func arguments(f *command.Factory, all []place) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		at := len(args)
		if last := len(all) - 1; at > last && last >= 0 && all[last].again {
			at = last
		}
		if at >= len(all) {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		switch name := all[at].name; name {
		case "file":
			return nil, cobra.ShellCompDirectiveDefault
		case "setting":
			return fitting(settings(f), typed), cobra.ShellCompDirectiveNoFileComp
		case "value":
			return values(cmd.Context(), f, args[0], typed), ordered
		case "profile":
			return fitting(profiles(f), typed), cobra.ShellCompDirectiveNoFileComp
		case "location":
			return live(cmd.Context(), f, locations(args[0]), typed), ordered
		default:
			return live(cmd.Context(), f, sources()[oneOf(name, typed)], typed), ordered
		}
	}
}

// oneOf is what is meant by a place for several kinds of things, such as
// <license|order|invoice>: that whose ids and numbers begin so, else the first.
func oneOf(name, typed string) string {
	kinds := strings.Split(name, "|")
	for _, kind := range kinds {
		if len(typed) >= 3 && strings.HasPrefix(kind, strings.ToLower(typed[:3])) {
			return kind
		}
	}
	return kinds[0]
}

// ordered keeps the newest first, and offers no files.
const ordered = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder

// flagValues completes the values of a flag, by its name.
func flagValues(f *command.Factory, owner *cobra.Command, name string) cobra.CompletionFunc {
	if owner.Name() == "generate" && name == "key" {
		return cobra.NoFileCompletions // a code of one's own choice
	}
	if _, noun := sources()[nounOf(name)]; noun {
		return func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return live(cmd.Context(), f, sources()[nounOf(name)], typed), ordered
		}
	}
	return func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		switch name {
		case "term":
			return terms(cmd.Context(), f, cmd, typed), ordered
		case "profile":
			return fitting(profiles(f), typed), cobra.ShellCompDirectiveNoFileComp
		case "output":
			return fitting(words(output.Formats()), typed), cobra.ShellCompDirectiveNoFileComp
		case "json", "columns":
			return listed(f.Fields(cmd), typed), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		case "file", "results", "input", "from":
			return nil, cobra.ShellCompDirectiveDefault
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
}

// nounOf is what a flag names: itself, but for one.
func nounOf(flag string) string {
	if flag == "like" {
		return "license"
	}
	return flag
}

// live asks a source, and offers what begins with what was typed.
func live(ctx context.Context, f *command.Factory, s *source, typed string) []cobra.Completion {
	if s == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(f.CompletionWait, patience))
	defer cancel()
	found := offered(ctx, f, s, typed)
	if bare := unquoted(typed); len(found) == 0 && bare != typed {
		found = offered(ctx, f, s, bare)
	}
	return found
}

func offered(ctx context.Context, f *command.Factory, s *source, typed string) []cobra.Completion {
	var found []cobra.Completion
	for _, c := range s.find(ctx, f, typed) {
		for _, name := range c.Names {
			if text, ok := begins(name, typed, s.forgiving); ok {
				about := c.About
				if about == name {
					about = c.Names[0] // which tells more
				}
				found = append(found, cobra.CompletionWithDesc(text, plain(about)))
				break
			}
		}
	}
	return found
}

// unquoted is a word as the person means it, where a shell gives it as it was typed: fish
// leaves backslashes and an open quote.
func unquoted(typed string) string { return strings.ReplaceAll(strings.TrimLeft(typed, `"'`), `\`, "") }

// begins gives the name where it begins with what was typed: in small letters where
// those were typed, and the API does not care.
func begins(name, typed string, forgiving bool) (string, bool) {
	switch {
	case name == "" || plain(name) != name:
		return "", false
	case strings.HasPrefix(name, typed):
		return name, true
	case forgiving && strings.HasPrefix(strings.ToLower(name), typed):
		return strings.ToLower(name), true
	}
	return "", false
}

// plain is text without what would end or disturb a line of completion.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
