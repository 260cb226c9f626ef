package cli

import (
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// step is a command that helps after a failure. {license} and the like stand for what
// the failed command was about; a step about something that it did not name is left out.
type step struct {
	command string // without "resell"
	action  string // helps only where this is among the allowed actions, or these are not known
}

// nextSteps are the commands to go on with after a failure: valid as they stand, for
// the same profile and host.
func nextSteps(f *command.Factory, cmd *cobra.Command, what failure) []string {
	about := named(cmd)
	ways := stepsAfter()[what.Code]
	if what.Subject != nil {
		ways = finding(what.Subject)
		about["name"] = what.Subject.Name
	}
	found := []string{}
	for _, way := range ways {
		if cmd != nil && cmd.Name() == "doctor" && way.command == "doctor" {
			continue // it has just said all that it knows
		}
		if way.action != "" && what.AllowedActions != nil && !slices.Contains(*what.AllowedActions, way.action) {
			continue
		}
		if line, ok := fill(way.command, about); ok && len(found) < 3 {
			found = append(found, "resell "+line+f.SameAPI())
		}
	}
	return found
}

// named is what a command line names: its license, company and so on, by the words of
// its usage line and the flags of the same names. What it names several of is left out.
func named(cmd *cobra.Command) map[string]string {
	about := make(map[string]string)
	if cmd == nil {
		return about
	}
	args := cmd.Flags().Args()
	place := 0
	for _, word := range strings.Fields(cmd.Use)[1:] {
		name := strings.Trim(strings.TrimSuffix(word, "..."), "<>[].")
		if strings.Contains(word, "...") && len(args) > place+1 {
			return about
		}
		if place < len(args) && name != word {
			about[name] = args[place]
		}
		place++
	}
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		value := flag.Value.String()
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			if value = ""; len(list.GetSlice()) == 1 {
				value = list.GetSlice()[0]
			}
		}
		if _, known := about[flag.Name]; !known {
			about[flag.Name] = value
		}
	})
	return about
}

// finding are the steps that find what was named and is not there. {name} is what it was
// called; an id is not searched for.
func finding(subject *api.ProblemSubject) []step {
	switch subject.Kind {
	case "company", "license":
		if _, ok := command.ShellArgument(subject.Name); ok && !strings.HasPrefix(subject.Name, subject.Kind[:3]+"_") {
			return []step{{command: subject.Kind + " list --search {name}"}}
		}
		return []step{{command: subject.Kind + " list"}}
	case "order":
		return []step{{command: "order list --all"}} // else those of today
	case "product", "contract", "invoice", "key", "device", "reseller", "user", "token":
		return []step{{command: subject.Kind + " list"}}
	case "location":
		return []step{{command: "company location list {company}"}}
	}
	return nil
}

// fill puts what is known into a step; false where something is not.
func fill(text string, about map[string]string) (string, bool) {
	complete := true
	filled := regexp.MustCompile(`\{[a-z-]+\}`).ReplaceAllStringFunc(text, func(name string) string {
		word, ok := command.ShellArgument(about[strings.Trim(name, "{}")])
		complete = complete && ok
		return word
	})
	return filled, complete
}
