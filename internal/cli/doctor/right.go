package doctor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/version"
)

// scopes says which commands the token cannot do. A reseller's token cannot do what is
// the vendor's, and that is not told.
func scopes(session api.Session) check {
	lacking, all := []string{}, api.ResellerScopes()
	if session.Reseller == nil {
		all = append(all, api.ScopeVendor)
	}
	for _, scope := range all {
		if commands := commandsOf(scope); !slices.Contains(session.Scopes, string(scope)) && len(commands) > 0 {
			lacking = append(lacking, fmt.Sprintf("%s (%s)", strings.Join(commands, ", "), scope))
		}
	}
	limits := ""
	if len(session.Contracts) > 0 {
		limits = fmt.Sprintf("; buys under %d contracts alone: %s", len(session.Contracts), strings.Join(session.Contracts, ", "))
	}
	if len(lacking) == 0 {
		return good("scopes", "the token may do everything%s", limits)
	}
	c := good("scopes", "the token cannot do: %s%s", strings.Join(lacking, "; "), limits)
	c.Fix = "for those, sign in as somebody who may: resell auth login"
	return c
}

// commandsOf are the commands that need a scope.
func commandsOf(scope api.Scope) []string {
	var commands []string
	for _, op := range api.Endpoints() {
		if op.Scope == scope && op.Command != "" && !slices.Contains(commands, op.Command) {
			commands = append(commands, op.Command)
		}
	}
	return commands
}

// versions compares this program with the server. Both keep to one API, to which things
// are added: what is newer than the other may know more.
func versions(session *api.Session) check {
	own := version.String()
	if session == nil {
		return good("version", "resell %s", own)
	}
	return compare(own, session.Version)
}

func compare(own, server string) check {
	detail := fmt.Sprintf("resell %s, server %s", own, server)
	var ours, theirs struct{ major, minor int }
	if n, _ := fmt.Sscanf(own, "%d.%d.", &ours.major, &ours.minor); n < 2 {
		return good("version", "%s", detail)
	}
	if n, _ := fmt.Sscanf(server, "%d.%d.", &theirs.major, &theirs.minor); n < 2 {
		return good("version", "%s", detail)
	}
	switch {
	case ours.major != theirs.major:
		return doubtful("version", detail+": they may not understand each other", fmt.Sprintf("install resell %d", theirs.major))
	case ours.minor > theirs.minor:
		return doubtful("version", detail+": the server is older, and may not know the newest commands", "have the server updated by whoever runs it")
	}
	return good("version", "%s", detail)
}
