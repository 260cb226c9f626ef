// Package sandbox has the command that runs a shell or a command against a throw-away
// API.
package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

type options struct {
	*command.Factory
	now string
}

// NewCmd makes the command.
func NewCmd(f *command.Factory) *cobra.Command {
	o := &options{Factory: f}
	cmd := &cobra.Command{
		Use:   "sandbox [-- command]",
		Short: "Run a shell or a command against a throw-away API",
		Long: `Start reselld with a demo catalogue and a temporary database on this machine, and run a shell, or a
command, that talks to it. Nothing is bought, no mail is sent, and your own settings are left alone;
at the end everything is removed.

The command finds RESELL_HOST and RESELL_TOKEN set, the folder of resell in PATH, and mails as .eml
files in the folder RESELL_SANDBOX_MAIL. RESELL_VENDOR_TOKEN is a token of the vendor, to be used in the
place of RESELL_TOKEN for what only the vendor may do. reselld is looked for beside resell, then in PATH. The exit code
is that of the command.`,
		Example: "  $ resell sandbox\n" +
			"  $ resell sandbox --now 2026-12-31 -- resell license list",
		RunE: func(cmd *cobra.Command, args []string) error {
			return run(cmd.Context(), o, args)
		},
	}
	cmd.Flags().StringVar(&o.now, "now", "", "start the API's clock at this `date`")
	return cmd
}

func run(ctx context.Context, o *options, args []string) (err error) {
	daemon, err := findDaemon(o.Executable)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "resell-sandbox-")
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	api, exports, err := start(ctx, o, daemon, dir)
	if err != nil {
		return err
	}
	defer stop(api)
	environment := append(o.without("RESELL_"), exports...)
	environment = append(environment,
		"RESELL_CONFIG_DIR="+filepath.Join(dir, "config"), "RESELL_STATE_DIR="+filepath.Join(dir, "state"),
		"RESELL_CACHE_DIR="+filepath.Join(dir, "cache"),
		"RESELL_SANDBOX_MAIL="+filepath.Join(dir, "mail"),
		"PATH="+filepath.Dir(o.Executable)+string(os.PathListSeparator)+o.Getenv("PATH"))
	if len(args) == 0 {
		args = []string{shell(o.Getenv)}
		o.Note("A sandbox with a demo catalogue; leave it with exit. Try: resell product list")
	}
	return inner(ctx, o, args, environment)
}

// inner runs the command. What it ends with, resell ends with.
func inner(ctx context.Context, o *options, args, environment []string) error {
	program := args[0]
	// The command finds the folder of resell in its PATH, so it is looked for there, too.
	if beside := filepath.Join(filepath.Dir(o.Executable), program); filepath.Base(program) == program {
		if found, err := exec.LookPath(beside); err == nil {
			program = found
		}
	}
	cmd := exec.CommandContext(ctx, program, args[1:]...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = environment, o.RawStdin(), o.Stdout, o.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = stopTime
	err := cmd.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) && ctx.Err() == nil {
		return &command.ExitError{Code: ended.ExitCode()}
	}
	if err != nil {
		return fmt.Errorf("run %s: %w", args[0], err)
	}
	return nil
}

// findDaemon looks for reselld beside resell, then in PATH.
func findDaemon(executable string) (string, error) {
	name := "reselld"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	beside := filepath.Join(filepath.Dir(executable), name)
	if info, err := os.Stat(beside); err == nil && !info.IsDir() {
		return beside, nil
	}
	if found, err := exec.LookPath(name); err == nil {
		return found, nil
	}
	return "", fmt.Errorf("there is no %s beside %s or in PATH: a sandbox needs it", name, executable)
}

const (
	startTime = 30 * time.Second
	stopTime  = 10 * time.Second
)

// start starts reselld and waits for the lines it prints to set up a shell with.
func start(ctx context.Context, o *options, daemon, dir string) (*exec.Cmd, []string, error) {
	args := []string{"dev", "--mail-dir", filepath.Join(dir, "mail"), "--db", filepath.Join(dir, "resell.db")}
	if o.now != "" {
		args = append(args, "--now", o.now)
	}
	// Not bound to ctx: Ctrl-C is for the command in the sandbox, and the API ends after it.
	api := exec.CommandContext(context.WithoutCancel(ctx), daemon, args...)
	api.Env = o.without("RESELLD_")
	ownGroup(api)
	var complaints strings.Builder
	api.Stderr = &complaints
	out, err := api.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := api.Start(); err != nil {
		return nil, nil, fmt.Errorf("start %s: %w", daemon, err)
	}
	lines := make(chan []string, 1)
	go func() { lines <- readExports(out) }()
	select {
	case exports := <-lines:
		if len(exports) == exported {
			return api, exports, nil
		}
	case <-time.After(startTime):
	case <-ctx.Done():
	}
	stop(api)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	return nil, nil, fmt.Errorf("%s did not start: %s", daemon, strings.TrimSpace(complaints.String()))
}

// exported is how many lines reselld dev prints: host, token, and the vendor's token.
const exported = 3

// readExports reads the lines NAME=value.
func readExports(out io.Reader) []string {
	var exports []string
	scanner := bufio.NewScanner(out)
	for len(exports) < exported && scanner.Scan() {
		if line, ok := strings.CutPrefix(scanner.Text(), "export "); ok {
			exports = append(exports, line)
		}
	}
	return exports
}

func stop(api *exec.Cmd) {
	if err := api.Process.Signal(syscall.SIGTERM); err != nil { // ended already, or a system without signals
		_ = api.Process.Kill()
	}
	ended := make(chan struct{})
	go func() {
		_ = api.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(stopTime):
		_ = api.Process.Kill()
		<-ended
	}
}

// without is the environment less the variables that begin so.
func (o *options) without(prefix string) []string {
	var kept []string
	for _, v := range o.Environ {
		if !strings.HasPrefix(v, prefix) {
			kept = append(kept, v)
		}
	}
	return kept
}

func shell(getenv func(string) string) string {
	if s := getenv("SHELL"); s != "" {
		return s
	}
	if s := getenv("COMSPEC"); s != "" {
		return s
	}
	return "sh"
}
