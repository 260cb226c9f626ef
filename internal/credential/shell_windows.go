package credential

import (
	"context"
	"os/exec"
	"syscall"
)

// shell hands line over as it is: cmd does not understand the quoting that Go
// gives to arguments.
func shell(ctx context.Context, line string) *exec.Cmd {
	command := exec.CommandContext(ctx, "cmd")
	command.SysProcAttr = &syscall.SysProcAttr{CmdLine: `cmd /S /C "` + line + `"`}
	return command
}
