package clitest_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/clitest"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// TestGuides runs every shell block of the README and of the guides, those of a
// document in order and in one shell, against a server of their own: the demo
// catalogue, and one company, example.edu. A block of console has commands behind $, and
// below each what it prints, where that is worth showing: … stands for anything, and
// ids and codes may be others. A block of sh is run whole.
//
// A comment <!-- before --> … <!-- --> before a block holds what else has to be there,
// and <!-- not run: why --> keeps a block from being run.
func TestGuides(t *testing.T) {
	t.Parallel()
	guides, err := filepath.Glob(filepath.Join("..", "..", "docs", "guide", "*.md"))
	require.NoError(t, err)
	for _, file := range append(guides, filepath.Join("..", "..", "README.md")) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		commands, err := shellCommands(string(text))
		require.NoError(t, err, file)
		if len(commands) == 0 {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".md"), func(t *testing.T) {
			t.Parallel()
			runGuide(t, commands)
		})
	}
}

// shellCommand is a command of a document.
type shellCommand struct {
	line  int // of the document
	text  string
	shown []string // what the document says that it prints; nil where it says nothing
}

// Comments that go with a block, on lines of their own.
var (
	notRun     = regexp.MustCompile(`^<!-- not run: \S.* -->$`)
	blockBegin = regexp.MustCompile("^```(\\w*)$")
)

// shellCommands finds the commands in the blocks of a document.
func shellCommands(text string) ([]shellCommand, error) {
	var all []shellCommand
	lines := strings.Split(text, "\n")
	skip := false
	for i := 0; i < len(lines); i++ {
		begin := blockBegin.FindStringSubmatch(lines[i])
		switch {
		case lines[i] == "<!-- before":
			end := indexFrom(lines, i, "-->")
			if end < 0 {
				return nil, fmt.Errorf("line %d: the comment does not end", i+1)
			}
			all = append(all, shellCommand{line: i + 1, text: strings.Join(lines[i+1:end], "\n")})
			i = end
			continue
		case notRun.MatchString(lines[i]):
			skip = true
			continue
		case begin == nil:
			skip = skip && strings.TrimSpace(lines[i]) == ""
			continue
		}
		end := indexFrom(lines, i+1, "```")
		if end < 0 {
			return nil, fmt.Errorf("line %d: the block does not end", i+1)
		}
		switch block := lines[i+1 : end]; {
		case skip:
		case begin[1] == "console":
			all = append(all, consoleCommands(i+2, block)...)
		case begin[1] == "sh", begin[1] == "bash", begin[1] == "shell":
			all = append(all, shellCommand{line: i + 2, text: "(set -e\n" + strings.Join(block, "\n") + "\n)"})
		case begin[1] == "":
			return nil, fmt.Errorf("line %d: the block does not say what it is: console, sh, text, yaml, …", i+1)
		}
		skip, i = false, end
	}
	return all, nil
}

func indexFrom(lines []string, from int, what string) int {
	for i := from; i < len(lines); i++ {
		if lines[i] == what {
			return i
		}
	}
	return -1
}

func consoleCommands(line int, block []string) []shellCommand {
	var all []shellCommand
	for i := 0; i < len(block); i++ {
		text, ok := strings.CutPrefix(block[i], "$ ")
		if !ok {
			if len(all) > 0 {
				last := &all[len(all)-1]
				last.shown = append(last.shown, block[i])
			}
			continue
		}
		at := line + i
		for strings.HasSuffix(text, "\\") && i+1 < len(block) {
			i++
			text += "\n" + block[i]
		}
		all = append(all, shellCommand{line: at, text: text})
	}
	for i := range all {
		for n := len(all[i].shown); n > 0 && all[i].shown[n-1] == ""; n-- {
			all[i].shown = all[i].shown[:n-1]
		}
	}
	return all
}

func runGuide(t *testing.T, commands []shellCommand) {
	t.Helper()
	work := t.TempDir()
	server := clitest.Start(t, clitest.Options{MailDir: filepath.Join(work, "mail")})
	require.NoError(t, link(filepath.Join(work, "bin"), "resell", "reselld"))
	samples, err := filepath.Abs(filepath.Join("..", "..", "docs", "samples"))
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(work, "docs"), 0o755))
	require.NoError(t, os.Symlink(samples, filepath.Join(work, "docs", "samples")))

	commands = append([]shellCommand{{text: "resell company create 'Example School' --domain example.edu --email office@example.edu"}}, commands...)
	var script strings.Builder
	script.WriteString("rc=0\n")
	for i, c := range commands {
		require.NoError(t, os.WriteFile(filepath.Join(work, fmt.Sprintf("command.%d", i)), []byte("(exit $rc)\n"+c.text+"\n"), 0o600))
		fmt.Fprintf(&script, ". ./command.%[1]d >printed.%[1]d 2>&1; rc=$?; echo $rc >code.%[1]d\n", i)
	}
	shell := exec.CommandContext(t.Context(), "sh", "-c", script.String())
	shell.Dir = work
	shell.Env = []string{
		"PATH=" + filepath.Join(work, "bin") + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + work, "LC_ALL=C.UTF-8",
		"RESELL_HOST=" + server.URL, "RESELL_TOKEN=" + server.Token(t, "demo", noExpiry()), "RESELL_VENDOR_TOKEN=" + server.Token(t, "", noExpiry(), service.ScopesOf(licensing.RoleOwner, true)...),
		nowVariable + "=" + server.Clock.Now().Format(time.RFC3339), "RESELL_OUTPUT=table", "RESELL_MAX_WAIT=0s", "NO_COLOR=1", "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent",
	}
	said, err := shell.CombinedOutput()
	require.NoError(t, err, "%s", said)
	for i, c := range commands {
		code, err := os.ReadFile(filepath.Join(work, fmt.Sprintf("code.%d", i)))
		require.NoError(t, err, "line %d: the shell ended before it", c.line)
		printed, err := os.ReadFile(filepath.Join(work, fmt.Sprintf("printed.%d", i)))
		require.NoError(t, err)
		shown := strings.Join(c.shown, "\n")
		if strings.TrimSpace(string(code)) != "0" && !strings.Contains(shown, "resell: ") {
			t.Errorf("line %d: %s\nexit code %s%s", c.line, c.text, code, printed)
			return // what follows needs it
		}
		if c.shown == nil {
			continue
		}
		got := strings.TrimSpace(string(printed))
		if !asShown(shown).MatchString(got) {
			t.Errorf("line %d: %s\nprints\n%s\nand not\n%s", c.line, c.text, got, shown)
		}
	}
}

// differs is what is another in every run: ids, codes and checksums.
var differs = regexp.MustCompile(`[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}|\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b|\b[0-9A-HJKMNP-TV-Z]{8}\b|\b[0-9a-f]{64}\b|…`)

// asShown makes a pattern of what a document shows.
func asShown(text string) *regexp.Regexp {
	var pattern strings.Builder
	pattern.WriteString(`(?s)\A`)
	last := 0
	for _, at := range differs.FindAllStringIndex(text, -1) {
		pattern.WriteString(regexp.QuoteMeta(text[last:at[0]]))
		pattern.WriteString(map[bool]string{true: ".*", false: `[\w -]+`}[text[at[0]:at[1]] == "…"])
		last = at[1]
	}
	pattern.WriteString(regexp.QuoteMeta(text[last:]) + `\z`)
	return regexp.MustCompile(pattern.String())
}
