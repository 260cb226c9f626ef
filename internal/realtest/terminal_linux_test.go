package realtest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	ctrlC = "\x03"
	ctrlD = "\x04"
)

func TestTerminalAsks(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)
	u := customer(t, s.url, token)
	add := []string{"license", "add", "--product", "seat", "--term", "yearly:1", "--quantity", "3"}
	const question = "Spend 3.00 EUR with profile default at "

	tests := []struct {
		name, keys string
		code       int
		shows      string
		bought     int
	}{
		{"no", "n\n", 1, "cancelled: nothing was changed", 0},
		{"nothing", "\n", 1, "cancelled: nothing was changed", 0},
		{"end of input", ctrlD, 1, "cancelled: nothing was changed", 0},
		{"Ctrl-C", ctrlC, 130, "interrupted", 0},
		{"yes", "y\n", 0, "3", 1},
	}
	for _, test := range tests {
		x := u.open(t, program("resell"), add...)
		x.expect(t, "balance 1,000,000,000.00 EUR, after it 999,999,997.00 EUR")
		x.expect(t, question)
		x.expect(t, "[y/N] ")
		x.typeIn(t, test.keys)
		code, screen := x.end(t)
		require.Equal(t, test.code, code, "%s: %s", test.name, screen)
		_, answer, _ := strings.Cut(screen, "[y/N]")
		require.Contains(t, answer, test.shows, test.name)
		require.Len(t, strings.Fields(u.must(t, "license", "list", "-o", "name")), test.bought, test.name)
	}

	code, screen := u.open(t, program("resell"), append(add, "--no-input")...).end(t)
	require.Equal(t, 2, code, screen)
	require.Contains(t, screen, "--yes")
	code, screen = u.open(t, program("resell"), append(add, "--yes")...).end(t)
	require.Zero(t, code, screen)
	require.NotContains(t, screen, "[y/N]")
}

// TestTerminalAsksBesideAPipe asks on the terminal where standard input is a list, and ends
// with Ctrl-C there as anywhere.
func TestTerminalAsksBesideAPipe(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)
	u := customer(t, s.url, token)
	license := u.must(t, "license", "add", "--product", "seat", "--term", "yearly:1", "--quantity", "3", "--yes", "-o", "name")
	line := "echo " + license + " | resell license extend --from - --term yearly:1 -o name"
	for _, test := range []struct {
		keys  string
		code  int
		shows string
	}{
		{"n\n", 1, "cancelled: nothing was changed"},
		{ctrlC, -1, "interrupted"}, // which ends the shell, too
		{"y\n", 0, license},
	} {
		x := u.open(t, "/bin/sh", "-c", line)
		x.expect(t, "Extend 1 license for 3.00 EUR, with profile default at ")
		x.expect(t, "[y/N] ")
		x.typeIn(t, test.keys)
		code, screen := x.end(t)
		require.Equal(t, test.code, code, screen)
		_, answer, _ := strings.Cut(screen, "[y/N]")
		require.Contains(t, answer, test.shows)
	}
	code, screen := u.open(t, "/bin/sh", "-c", line+" --no-input").end(t)
	require.Equal(t, 2, code, screen)
}

func TestTerminalShowsATable(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)
	u := customer(t, s.url, token)
	u.must(t, "company", "create", "Bell", "--domain", "bell.example", "--note", "Bell \x07 and \x1b[31mred")

	code, screen := u.open(t, program("resell"), "company", "list", "--columns", "name,domain,note").end(t)
	require.Zero(t, code, screen)
	require.Contains(t, screen, "NAME")
	require.Contains(t, screen, "red")
	require.Contains(t, screen, "bell.example")
	require.NotContains(t, screen, "\x07")
	require.NotContains(t, screen, "\x1b[31m")

	code, screen = u.with("NO_COLOR=1").open(t, program("resell"), "company", "list").end(t)
	require.Zero(t, code, screen)
	require.NotContains(t, screen, "\x1b")
}

func TestTerminalHidesTheToken(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)
	u := newUser(t, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	login := []string{"auth", "login", "--with-token", "--host", s.url, "--insecure-storage"}

	x := u.open(t, program("resell"), login...)
	x.expect(t, "API token: ")
	x.awaitHidden(t)
	x.typeIn(t, token[:20])
	x.typeIn(t, ctrlC)
	code, screen := x.end(t)
	require.Equal(t, 130, code, screen)
	require.Contains(t, screen, "interrupted")
	require.NotContains(t, screen, token[:20])

	x = u.open(t, program("resell"), login...)
	x.expect(t, "API token: ")
	x.awaitHidden(t)
	x.typeIn(t, token+"\n")
	code, screen = x.end(t)
	require.Zero(t, code, screen)
	require.Contains(t, screen, "Signed in to Vendor as Acme Resale (acme)")
	require.NotContains(t, screen, token)
	require.Equal(t, "acme", u.must(t, "auth", "status", "--active", "--json", "reseller.login", "--jq", ".reseller.login"))
}

// TestTerminalIsGivenBack presses Ctrl-C at the hidden question of a program that a
// shell has started: what is typed after it is shown again.
func TestTerminalIsGivenBack(t *testing.T) {
	t.Parallel()
	u := newUser(t, "PS1=ready> ", "ENV=")
	x := u.open(t, "/bin/sh", "-i")
	x.expect(t, "ready> ")
	x.typeIn(t, "resell auth login --with-token --host http://127.0.0.1:9 --insecure-storage\n")
	x.expect(t, "API token: ")
	x.awaitHidden(t)
	x.typeIn(t, ctrlC)
	x.expect(t, "ready> ")
	require.True(t, x.echoes(t))
	x.typeIn(t, "echo code=$?; exit\n")
	x.expect(t, "code=130")
	code, screen := x.end(t)
	require.Zero(t, code, screen)
}

// TestTerminalSandbox works in the shell of a sandbox: Ctrl-C is for what runs in it.
func TestTerminalSandbox(t *testing.T) {
	t.Parallel()
	u := newUser(t, "SHELL=/bin/sh", "PS1=ready> ", "ENV=")
	x := u.open(t, program("resell"), "sandbox")
	x.expect(t, "A sandbox with a demo catalogue; leave it with exit.")
	x.expect(t, "ready> ")
	// A shell at its prompt may miss Ctrl-C between two commands; a child of it does not.
	x.typeIn(t, "sh -c 'echo begun; exec cat'\n")
	x.expect(t, "begun\r\n")
	x.typeIn(t, ctrlC)
	x.expect(t, "ready> ")
	x.typeIn(t, "resell product list --columns sku | cat\n")
	x.expect(t, "signage")
	x.typeIn(t, "exit 3\n")
	code, screen := x.end(t)
	require.Equal(t, 3, code, screen)
	requireNothingLeft(t, u)
}

// TestTerminalSandboxInterrupted presses Ctrl-C while a command runs in a sandbox.
func TestTerminalSandboxInterrupted(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	x := u.open(t, program("resell"), "sandbox", "--", "sh", "-c", "echo begun; cat")
	x.expect(t, "begun\r\n")
	require.NotEmpty(t, running(u.home))
	x.typeIn(t, ctrlC)
	code, screen := x.end(t)
	require.Equal(t, 130, code, screen)
	require.NotRegexp(t, `panic|goroutine`, screen)
	requireNothingLeft(t, u)
}
