package cli

import (
	"net/http"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/resell-cli/resell/internal/api"
)

// spending are the commands that spend money or credits.
func spending() []string {
	return []string{
		"license add", "license apply", "license extend", "license upgrade", "license auto-renew on", "order pay", "reseller grant",
	}
}

// destroying are the commands that end something for good.
func destroying() []string {
	return []string{
		"license delete", "order cancel", "order refund", "invoice void", "company location remove",
		"token revoke", "user delete", "user password", "auth logout",
	}
}

// furtherCalls are the endpoints that commands call beside those that name them.
func furtherCalls() map[string][]string {
	return map[string][]string{
		"license auto-renew off": {"license-auto-renew"},
		"license apply":          {"license-list", "license-add", "license-edit"},
		"company apply":          {"company-list", "company-create", "company-edit"},
		"open":                   {"license-link", "order-view", "invoice-document"},
		"doctor":                 {"session-view"},
		"export ics expiring":    {"license-list"},
	}
}

// endpointsOf are the ids of the endpoints that a command calls.
func endpointsOf(path string) []string {
	ids := append([]string{}, furtherCalls()[path]...)
	// Exports call the same whatever their format.
	asCSV := strings.NewReplacer("export ndjson ", "export csv ", "export xlsx ", "export csv ").Replace(path)
	for _, endpoint := range api.Endpoints() {
		if endpoint.Command != "" && endpoint.Command == asCSV {
			ids = append(ids, endpoint.ID)
		}
	}
	return ids
}

// writes tells whether a command changes something on the server.
func writes(cmd *cobra.Command, path string) bool {
	for _, name := range []string{"idempotency-key", "results"} {
		if cmd.Flags().Lookup(name) != nil {
			return true
		}
	}
	called := endpointsOf(path)
	return slices.ContainsFunc(api.Endpoints(), func(e api.Meta) bool {
		return slices.Contains(called, e.ID) && e.Method != http.MethodGet && !strings.HasSuffix(e.ID, "-preview")
	})
}

// exitsOf are the exit codes that a command can end with.
func exitsOf(cmd *cobra.Command, info commandInfo) []int {
	exits := []int{exitDone, exitFailed, exitUsage, exitInterrupted, exitPipe}
	flag := func(name string) bool { return cmd.Flags().Lookup(name) != nil }
	online := len(info.Endpoints) > 0 || cmd.Name() == "api"
	if online {
		exits = append(exits, exitAuth, exitUnavailable)
		if len(info.Args) > 0 || namesSomething(cmd) {
			exits = append(exits, exitNotFound, exitRefused) // it is not there, or several are
		}
	}
	if !slices.Contains(exits, exitRefused) && (info.Writes || slices.ContainsFunc(info.Endpoints, func(id string) bool { return strings.HasSuffix(id, "-preview") }) || cmd.Name() == "verify") {
		exits = append(exits, exitRefused)
	}
	if flag("results") || info.Path == "resell invoice send" {
		exits = append(exits, exitPartial)
	}
	if strings.HasPrefix(info.Path, "resell export ") {
		exits = append(exits, exitIncomplete)
	}
	slices.Sort(exits)
	return exits
}

// namesSomething tells whether a flag names a resource, which may not be there.
func namesSomething(cmd *cobra.Command) bool {
	found := false
	cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
		found = found || slices.Contains([]string{"company", "product", "contract", "license", "order", "key", "reseller", "parent", "like", "quote"}, flag.Name)
	})
	return found
}
