//go:build unix

package realtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// bashCompletes is what a real bash, with the package bash-completion and the script of
// completions, makes of a line when the tab key is pressed at its end.
const bashCompletes = `
. /usr/share/bash-completion/bash_completion
. "$1"
COMP_LINE=$2 COMP_POINT=${#2} COMP_TYPE=9 COMP_KEY=9
eval "COMP_WORDS=($3)"
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
compopt() { :; } # it works within a completion by readline alone
__start_resell resell
printf '%s\n' "${COMPREPLY[@]}"
`

func TestBashCompletes(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil {
		missing(t, "no bash")
	}
	if _, err := os.Stat("/usr/share/bash-completion/bash_completion"); err != nil {
		missing(t, "the package bash-completion is not installed")
	}
	script, err := filepath.Abs(filepath.Join("..", "..", "completions", "resell.bash"))
	require.NoError(t, err)
	db := sqlite(t)
	token := bootstrap(t, db)
	server := serve(t, db)
	u := customer(t, server.url, token)
	u.must(t, "company", "create", "Example University", "--domain", "example.edu")
	u.must(t, "company", "create", "Example's \"Best\" School", "--domain", "school.example")

	for _, test := range []struct {
		name, line, words, want string
	}{
		{"a command", "resell licen", "resell licen", "license\n"},
		{"by domain", "resell company view exa", "resell company view exa", "example.edu\n"},
		{"a name with spaces", "resell company view Example\\ U", `resell company view 'Example\ U'`, "Example\\ University\n"},
		{"the value of a flag", "resell license list --company sch", "resell license list --company sch", "school.example\n"},
		{"after an equals sign", "resell license list --company=sch", "resell license list --company = sch", "school.example\n"},
		{"with a colon", "resell license add --term full:", "resell license add --term full :", "1\n2\n3\n"},
	} {
		var r result
		for range 20 { // a busy machine may not answer within the time that completion has
			r = u.start(t, nil, bash, "--noprofile", "--norc", "-c", bashCompletes, "bash", script, test.line, test.words).wait(t)
			require.Zero(t, r.code, r.stderr)
			if r.stdout == test.want {
				break
			}
		}
		require.Equal(t, test.want, r.stdout, "%s: %s", test.name, r.stderr)
	}
}
