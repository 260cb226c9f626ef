package command

import (
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/config"
)

// errPagerGone ends the writing for a reader who has seen enough.
var errPagerGone = errors.New("the pager was quit")

// page shows what write writes with the pager: RESELL_PAGER, else the setting, else
// PAGER, else less where there is one. It is written as it is where the program is cat,
// or cannot be started. To quit the pager early is no failure, and what it ends with
// says nothing.
func (f *Factory) page(c *config.Config, write func(io.Writer) error) error {
	line, from := f.pagerLine(c)
	words := strings.Fields(line)
	if len(words) == 0 || words[0] == "cat" {
		return write(f.Stdout)
	}
	cmd := exec.Command(words[0], words[1:]...) //nolint:noctx // the user's own choice; an interrupt is the pager's
	cmd.Env = f.Environ
	if f.Getenv("LESS") == "" {
		cmd.Env = append(cmd.Environ(), "LESS=FRX")
	}
	cmd.Stdout, cmd.Stderr = f.Stdout, f.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return write(f.Stdout)
	}
	if err := cmd.Start(); err != nil {
		if words[0] != defaultPager {
			f.Note("The pager %s, which %s names, cannot be started.", words[0], from)
		}
		return write(f.Stdout)
	}
	err = write(pipe{in})
	if errors.Is(err, errPagerGone) {
		err = nil
	}
	_, _ = in.Close(), cmd.Wait() // it may have been quit, with whatever it ends with
	return err
}

const defaultPager = "less"

// pagerLine is the pager with its arguments, and what names it.
func (f *Factory) pagerLine(c *config.Config) (line, from string) {
	if line, ok := f.environment("RESELL_PAGER"); ok {
		return line, "RESELL_PAGER"
	}
	if line := c.Get("pager"); line != "" {
		return line, c.Named("pager")
	}
	if line, ok := f.environment("PAGER"); ok {
		return line, "PAGER"
	}
	return defaultPager, ""
}

// environment tells an empty variable from none.
func (f *Factory) environment(name string) (value string, ok bool) {
	value = f.Getenv(name)
	return value, value != "" || slices.Contains(f.Environ, name+"=")
}

type pipe struct{ to io.Writer }

func (p pipe) Write(b []byte) (int, error) {
	n, err := p.to.Write(b)
	if err != nil {
		err = errPagerGone
	}
	return n, err
}
