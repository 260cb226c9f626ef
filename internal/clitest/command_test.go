package clitest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/resell-cli/resell/internal/cli"
	"github.com/resell-cli/resell/internal/clitest"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// runner runs resell for one script.
type runner struct {
	tb         testing.TB
	server     *clitest.Server
	executable string

	stdin     string  // of the next run
	typed     string  // on its terminal, while standard input is none; "" where it has none
	clipboard *string // nil where there is none
	browser   *string // what it shows; nil where there is none
	exit      int     // of the last run
	state     string  // of the database, when it was remembered

	described sync.Once
	exits     map[string][]int // that each command says it ends with
}

func noExpiry() time.Time { return time.Time{} }

// commands are what scripts can do beside testscript's own commands. resell runs in
// the process of the test, so that its paths are given whole, from $WORK.
func commands() map[string]func(*testscript.TestScript, bool, []string) {
	all := make(map[string]func(*testscript.TestScript, bool, []string))
	plain := func(name string, run func(*runner, *testscript.TestScript, []string)) {
		all[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			if neg {
				ts.Fatalf("%s cannot be negated", name)
			}
			run(runnerOf(ts), ts, args)
		}
	}
	for _, terminal := range []bool{false, true} {
		suffix := map[bool]string{true: "-tty"}[terminal]
		// resell ARGS… succeeds with exit code 0; ! resell ARGS… with any other.
		all["resell"+suffix] = func(ts *testscript.TestScript, neg bool, args []string) {
			r := runnerOf(ts)
			r.run(ts, terminal, args)
			if (r.exit == 0) == neg {
				ts.Fatalf("exit code %d", r.exit)
			}
		}
		// fails CODE ARGS…: resell ends with this exit code, prints no data, and says why.
		plain("fails"+suffix, func(r *runner, ts *testscript.TestScript, args []string) { r.fails(ts, terminal, args) })
	}
	// exits CODE: that of the last run.
	plain("exits", func(r *runner, ts *testscript.TestScript, args []string) {
		if len(args) != 1 || args[0] != strconv.Itoa(r.exit) {
			ts.Fatalf("exit code %d", r.exit)
		}
	})
	// answers LINE…: what the next run reads from standard input, or its terminal.
	plain("answers", func(r *runner, _ *testscript.TestScript, args []string) { r.stdin = strings.Join(args, "\n") + "\n" })
	// types LINE…: the next run has a terminal, and a pipe for standard input.
	plain("types", func(r *runner, _ *testscript.TestScript, args []string) { r.typed = strings.Join(args, "\n") + "\n" })
	// input FILE: the same, from a file.
	plain("input", func(r *runner, ts *testscript.TestScript, args []string) { r.stdin = ts.ReadFile(one(ts, args)) })
	// clipboard: there is one from now on; clipboard TEXT: and that is on it.
	plain("clipboard", (*runner).clip)
	// browser: there is one from now on; browser URL: and that is what it shows.
	plain("browser", (*runner).browses)
	// keep NAME: standard output of the last command becomes $NAME.
	plain("keep", func(_ *runner, ts *testscript.TestScript, args []string) {
		ts.Setenv(one(ts, args), strings.TrimSpace(ts.ReadFile("stdout")))
	})
	// clock DATE-OR-TIME moves the clock of both sides.
	plain("clock", func(r *runner, ts *testscript.TestScript, args []string) { r.move(ts, one(ts, args)) })
	// server FAULT: see clitest.Fault.
	plain("server", func(r *runner, ts *testscript.TestScript, args []string) {
		r.server.Gate.Set(clitest.Fault(one(ts, args)))
	})
	// token [-rival] [-vendor] [-expired] [SCOPE…] makes a token and puts it into $RESELL_TOKEN.
	plain("token", (*runner).token)
	// db SQL prints the rows of a query, tab-separated.
	plain("db", func(r *runner, ts *testscript.TestScript, args []string) { r.query(ts, one(ts, args)) })
	plain("write", (*runner).write)
	plain("same", (*runner).same)
	plain("shown", (*runner).shown)
	plain("buy", (*runner).buy)
	plain("mails", (*runner).mails)
	plain("letters", (*runner).letters)
	// guess LOGIN: sign in with wrong passwords until that is held up.
	plain("guess", func(r *runner, ts *testscript.TestScript, args []string) {
		for range 50 {
			body := fmt.Sprintf(`{"login":%q,"password":"a wrong guess"}`, one(ts, args))
			answer, err := http.Post(r.server.URL+"/v1/session", "application/json", strings.NewReader(body))
			ts.Check(err)
			ts.Check(answer.Body.Close())
			if answer.StatusCode == http.StatusTooManyRequests {
				return
			}
		}
		ts.Fatalf("guessing is not held up")
	})
	// extract NAME REGEXP: what its group matches in standard output of the last command becomes $NAME.
	plain("extract", func(_ *runner, ts *testscript.TestScript, args []string) {
		if len(args) != 2 {
			ts.Fatalf("extract NAME REGEXP")
		}
		found := regexp.MustCompile("(?m)" + args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
		if len(found) != 2 {
			ts.Fatalf("%s is not in it, or has not one group", args[1])
		}
		ts.Setenv(args[0], found[1])
	})
	plain("settle", (*runner).settle)
	// remember, and untouched: the database has not changed in between.
	plain("remember", func(r *runner, ts *testscript.TestScript, _ []string) { r.state = r.fingerprint(ts) })
	plain("untouched", func(r *runner, ts *testscript.TestScript, _ []string) {
		if now := r.fingerprint(ts); now != r.state {
			ts.Fatalf("the database has changed, from\n%s\nto\n%s", r.state, now)
		}
	})
	return all
}

func runnerOf(ts *testscript.TestScript) *runner {
	r, ok := ts.Value(runnerKey{}).(*runner)
	if !ok {
		ts.Fatalf("the script has no server")
	}
	return r
}

func one(ts *testscript.TestScript, args []string) string {
	if len(args) != 1 {
		ts.Fatalf("one argument is wanted")
	}
	return args[0]
}

func (r *runner) run(ts *testscript.TestScript, terminal bool, args []string) {
	typed := r.stdin
	stdin := strings.NewReader(typed)
	keyboard, besides := strings.NewReader(r.typed), r.typed != ""
	r.stdin, r.typed = "", ""
	var printed, said bytes.Buffer
	requests := &requestLog{}
	height, _ := strconv.Atoi(ts.Getenv("LINES")) // without it none is known
	width, err := strconv.Atoi(ts.Getenv("COLUMNS"))
	if err != nil {
		width = 100
	}
	r.exit = cli.Main(r.tb.Context(), cli.Process{
		Args: args, Stdin: stdin, Stdout: io.MultiWriter(ts.Stdout(), &printed), Stderr: io.MultiWriter(ts.Stderr(), &said), Getenv: ts.Getenv,
		Dir: ts.MkAbs("."), Executable: r.executable, Now: r.server.Clock.Now,
		StdinTerminal: terminal, StdoutTerminal: terminal, StderrTerminal: terminal || besides, Width: width, Height: height,
		Copy: r.copy, Browse: r.browse, Requests: requests,
		Terminal: func() (io.Reader, error) {
			if !besides {
				return nil, errors.New("no terminal")
			}
			return keyboard, nil
		},
		ReadPassword: func() (string, error) {
			var line strings.Builder
			for {
				b, err := stdin.ReadByte()
				if err != nil || b == '\n' {
					return line.String(), err
				}
				line.WriteByte(b)
			}
		},
	})
	if leak := requests.leak(typed); leak != "" {
		ts.Fatalf("--debug would show a secret: %s", leak)
	}
	if _, broken := r.server.Gate.Violations(); broken != nil {
		ts.Fatalf("not as the OpenAPI document has it: %v", broken)
	}
	if err := checkSchema(args, printed.String()); err != nil {
		ts.Fatalf("not as docs/schema has it: %v", err)
	}
	if r.exit != 0 {
		r.follow(ts, args, said.String())
	}
}

func (r *runner) fails(ts *testscript.TestScript, terminal bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("fails CODE ARGS…")
	}
	out, ok := ts.Stdout().(interface{ Len() int })
	if !ok {
		ts.Fatalf("standard output is not kept")
	}
	said, ok := ts.Stderr().(interface{ Len() int })
	if !ok {
		ts.Fatalf("standard error is not kept")
	}
	r.run(ts, terminal, args[1:])
	switch {
	case args[0] != strconv.Itoa(r.exit):
		ts.Fatalf("exit code %d, not %s", r.exit, args[0])
	case out.Len() > 0:
		ts.Fatalf("it failed, and yet there is data on standard output")
	case said.Len() == 0:
		ts.Fatalf("it failed, and does not say why")
	}
}

func (r *runner) move(ts *testscript.TestScript, to string) {
	at, err := time.Parse(time.RFC3339, to)
	if err != nil {
		at, err = time.Parse(time.DateOnly, to)
		at = at.Add(12 * time.Hour)
	}
	ts.Check(err)
	r.server.Clock.Move(at)
}

func (r *runner) token(ts *testscript.TestScript, args []string) {
	login, expires := "demo", noExpiry()
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		switch args[0] {
		case "-rival":
			login = clitest.Rival
		case "-vendor":
			login, args = "", append(args, service.ScopesOf(licensing.RoleOwner, true)...)
		case "-expired":
			expires = r.server.Clock.Now().Add(-time.Second)
		default:
			ts.Fatalf("unknown option %s", args[0])
		}
		args = args[1:]
	}
	ts.Setenv("RESELL_TOKEN", r.server.Token(r.tb, login, expires, args...))
}

// copy puts text on the script's clipboard.
func (r *runner) copy(_ context.Context, text string) error {
	if r.clipboard == nil {
		return errors.New("no clipboard program is installed")
	}
	*r.clipboard = text
	return nil
}

func (r *runner) clip(ts *testscript.TestScript, args []string) {
	switch {
	case len(args) == 0:
		r.clipboard = new(string)
	case r.clipboard == nil:
		ts.Fatalf("there is no clipboard")
	case *r.clipboard != args[0]:
		ts.Fatalf("on the clipboard is %q", *r.clipboard)
	}
}
