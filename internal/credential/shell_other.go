//go:build !windows

package credential

import (
	"context"
	"os/exec"
)

// shell runs line in the foreground, so that it may ask for a passphrase on
// the terminal.
func shell(ctx context.Context, line string) *exec.Cmd {
	return exec.CommandContext(ctx, "sh", "-c", line)
}
