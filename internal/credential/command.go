package credential

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// outputLimit is how much of a token command's output is kept, in bytes; the
// token is on the first line.
const outputLimit = 64 << 10

// commandGrace is how long programs that a finished or stopped token command
// left behind may go on holding its output.
const commandGrace = 500 * time.Millisecond

// runCommand returns the first line that the token command prints. Neither the
// command nor its output is in the error: either may hold the token.
func (s *Store) runCommand(ctx context.Context) (string, error) {
	limited, cancel := context.WithTimeout(ctx, s.options.CommandTimeout)
	defer cancel()
	var output head
	command := shell(limited, s.options.TokenCommand)
	command.Stdout = &output
	command.Stderr = s.options.Stderr
	command.WaitDelay = commandGrace

	err := command.Run()
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case limited.Err() != nil:
		return "", fmt.Errorf("it did not end within %s", s.options.CommandTimeout)
	case errors.Is(err, exec.ErrWaitDelay):
		// The command itself succeeded; something it started holds on.
	case err != nil:
		return "", err
	}
	line, _, _ := strings.Cut(output.String(), "\n")
	token := strings.TrimSpace(line)
	if token == "" {
		return "", errors.New("it printed nothing on its first line")
	}
	return token, check(token)
}

// head keeps the first outputLimit bytes written to it and drops the rest.
type head struct{ bytes.Buffer }

// Write never fails, so that the command is not stopped by a broken pipe.
func (h *head) Write(data []byte) (int, error) {
	room := outputLimit - h.Len()
	h.Buffer.Write(data[:min(room, len(data))])
	return len(data), nil
}
