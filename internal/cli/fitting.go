package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

// fitting makes what is told of a failure fit where the setting or the token comes from
// that it is about: what a variable says is not mended by signing in.
func fitting(f *command.Factory, cmd *cobra.Command, what failure) failure {
	c, err := f.Config()
	if err != nil {
		return what
	}
	switch {
	case slices.Contains([]string{"mangled_token", "unauthenticated", "token_expired"}, what.Code):
		from := f.TokenFrom()
		if advice := command.TokenAdvice(from); advice != "" && !signsIn(cmd) {
			what.Hint, what.NextSteps = advice, []string{}
		}
	case what.Code == "invalid_host":
		if !strings.Contains(what.Message, ": use https://") {
			what.Hint = "write it as https://licensing.example.com"
		}
		if _, origin, _ := c.Lookup("host"); origin == "flag" || origin == "RESELL_HOST" {
			what.NextSteps = []string{}
		}
	case what.Subject != nil && what.Subject.Name != "" && what.Subject.Name == c.Get(what.Subject.Kind):
		if flag := cmd.Flag(what.Subject.Kind); flag == nil || !flag.Changed {
			what.Message += ", which " + c.Named(what.Subject.Kind) + " names"
		}
	}
	return what
}

// signsIn tells the command whose token is the one that it was given, and not that of
// the variable.
func signsIn(cmd *cobra.Command) bool { return cmd != nil && cmd.CommandPath() == "resell auth login" }
