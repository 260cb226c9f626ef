package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// The tables about commands are about commands and endpoints that there are, and leave
// none out.
func TestCommandsAreDescribed(t *testing.T) {
	t.Parallel()
	f := command.NewFactory(command.Process{})
	described := map[string]commandInfo{}
	for _, info := range describeAll(f, newRoot(f)) {
		path := strings.TrimPrefix(info.Path, "resell ")
		require.NotContains(t, described, path, "described twice")
		require.NotEmpty(t, info.Short, path)
		require.Subset(t, numbers(exitCodes()), info.ExitCodes, path)
		described[path] = info
	}
	require.Greater(t, len(described), 80)
	require.NotEmpty(t, described["resell"].Flags)

	ids := []string{}
	for _, e := range api.Endpoints() {
		ids = append(ids, e.ID)
		if e.Command != "" {
			require.Contains(t, described[e.Command].Endpoints, e.ID, e.Command)
		}
	}
	for path, further := range furtherCalls() {
		require.Contains(t, described, path)
		require.Subset(t, ids, further, path)
	}
	for _, path := range slices.Concat(spending(), destroying()) {
		require.Contains(t, described, path)
	}

	// What asks first and is neither spending nor destroying has a reason of its own.
	others := []string{"catalog apply", "company apply", "company edit", "license edit", "license pause", "license resume", "invoice send", "license auto-renew off", "reseller deposit"}
	// What calls no endpoint that is known beforehand.
	local := []string{
		"resell", "api", "auth switch", "auth token", "commands", "company template csv", "license template csv", "config get", "config list", "config set", "config unset",
		"license verify", "sandbox", "version", "completion bash", "completion fish", "completion powershell", "completion zsh",
	}
	for path, info := range described {
		if info.Confirms && !info.Spends && !info.Destroys {
			require.Contains(t, others, path, "it asks first: does it spend or destroy? (effect.go)")
		}
		require.Equal(t, !slices.Contains(local, path), len(info.Endpoints) > 0, "%s: the endpoints that it calls (effect.go)", path)
	}
}

func numbers(all []exitCode) []int {
	var found []int
	for _, e := range all {
		found = append(found, e.number)
	}
	return found
}

func TestCommandIsDescribed(t *testing.T) {
	t.Parallel()
	f := command.NewFactory(command.Process{})
	all := describeAll(f, newRoot(f))
	i := slices.IndexFunc(all, func(c commandInfo) bool { return c.Path == "resell company location add" })
	add := all[i]
	require.Equal(t, []argumentInfo{{"company", true, false}, {"name", true, false}}, add.Args)
	require.True(t, add.Writes)
	require.Equal(t, []string{"location-add"}, add.Endpoints)
	require.Contains(t, add.Fields, "company_id")

	i = slices.IndexFunc(all, func(c commandInfo) bool { return c.Path == "resell user create" })
	flags := all[i].Flags
	role := flags[slices.IndexFunc(flags, func(f flagInfo) bool { return f.Name == "role" })]
	require.True(t, role.Required)
	require.Equal(t, []string{"owner", "seller", "support", "accountant", "viewer"}, role.Enum)
	require.Equal(t, []int{0, 1, 2, 3, 4, 5, 6, 130, 141}, all[i].ExitCodes)
}
