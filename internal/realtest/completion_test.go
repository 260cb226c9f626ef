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
	script := completions(t, "resell.bash")
	u := completer(t)

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
		completes(t, test.name, test.want, func() string {
			r := u.start(t, nil, bash, "--noprofile", "--norc", "-c", bashCompletes, "bash", script, test.line, test.words).wait(t)
			require.Zero(t, r.code, r.stderr)
			return r.stdout
		})
	}
}

// completer is a customer with companies to complete.
func completer(t *testing.T) user {
	t.Helper()
	db := sqlite(t)
	token := bootstrap(t, db)
	server := serve(t, db)
	u := customer(t, server.url, token)
	u.must(t, "company", "create", "Example University", "--domain", "example.edu")
	u.must(t, "company", "create", "Example's \"Best\" School", "--domain", "school.example")
	return u
}

// completions is the path of a generated script.
func completions(t *testing.T, name string) string {
	t.Helper()
	script, err := filepath.Abs(filepath.Join("..", "..", "completions", name))
	require.NoError(t, err)
	return script
}

// zshCompletes types a line into a zsh that was set up as the help says, presses the tab
// key, and writes what the line is then into a file.
const zshCompletes = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -D -u"
zpty -w shell "show() { print -rn -- \$BUFFER >$3; exit }; zle -N show; bindkey '^X' show; bindkey '^I' complete-word"
zpty -w shell 'print rea""dy'
zpty -r shell said '*ready*'
zpty -wn shell "$2"$'\t\C-x'
while zpty -r shell said; do :; done
`

func TestZshCompletes(t *testing.T) {
	t.Parallel()
	zsh, err := exec.LookPath("zsh")
	if err != nil {
		missing(t, "no zsh")
	}
	script, err := os.ReadFile(completions(t, "resell.zsh"))
	require.NoError(t, err)
	u := completer(t)
	place := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(place, "_resell"), script, 0o600))
	buffer := filepath.Join(place, "buffer")

	for _, test := range []struct{ name, line, want string }{
		{"a command", "resell licen", "resell license "},
		{"a flag", "resell license list --expiring", "resell license list --expiring-within "},
		{"a word of a flag", "resell license list --state p", "resell license list --state paused "},
		{"by domain", "resell company view exa", "resell company view example.edu "},
		{"a name with spaces", `resell company view Example\ U`, `resell company view Example\ University `},
		{"after an equals sign", "resell license list --company=sch", "resell license list --company=school.example "},
		{"with a colon, as far as there is one way", "resell license add --term cal", "resell license add --term calendar:"},
		{"nothing", "resell license list --state x", "resell license list --state x"},
	} {
		completes(t, test.name, test.want, func() string {
			r := u.start(t, nil, zsh, "-f", "-c", zshCompletes, "zsh", place, test.line, buffer).wait(t)
			require.Zero(t, r.code, r.stderr)
			line, err := os.ReadFile(buffer)
			require.NoError(t, err, r.stderr)
			return string(line)
		})
	}
}

func TestFishCompletes(t *testing.T) {
	t.Parallel()
	fish, err := exec.LookPath("fish")
	if err != nil {
		missing(t, "no fish")
	}
	script := completions(t, "resell.fish")
	u := completer(t)

	for _, test := range []struct{ name, line, want string }{
		{"a command", "resell licen", "license\tBuy, find, extend, upgrade and change licenses\n"},
		{"a flag", "resell license list --expiring", "--expiring-within\tends within this many days from today, and not yet\n"},
		{"a word of a flag", "resell license list --state p", "paused\n"},
		{"by domain", "resell company view exa", "example.edu\tExample University\n"},
		{"a name with spaces", `resell company view Example\ U`, "Example University\texample.edu\n"},
		{"a name in quotes", `resell company view "Example U`, "Example University\texample.edu\n"},
		{"the value of a flag", "resell license list --company sch", "school.example\tExample's \"Best\" School\n"},
		{"after an equals sign", "resell license list --company=sch", "--company=school.example\tExample's \"Best\" School\n"},
		{"with a colon", "resell license add --term full:", "full:1\t12 months\nfull:2\t24 months\nfull:3\t36 months\n"},
		{"nothing", "resell license list --state zz", ""},
	} {
		completes(t, test.name, test.want, func() string {
			r := u.start(t, nil, fish, "--no-config", "-c", "source $argv[1]; complete --do-complete $argv[2]", script, test.line).wait(t)
			require.Zero(t, r.code, r.stderr)
			return r.stdout
		})
	}
}

// completes tries a completion until it is what is wanted: a busy machine may not answer
// within the time that completion has.
func completes(t *testing.T, name, want string, complete func() string) {
	t.Helper()
	var got string
	for range 20 {
		if got = complete(); got == want {
			return
		}
	}
	require.Equal(t, want, got, name)
}
