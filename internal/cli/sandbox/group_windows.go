package sandbox

import (
	"os/exec"
	"syscall"
)

// ownGroup keeps the terminal's Ctrl-C from the API.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}
