package command

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/resell-cli/resell/internal/output"
)

// CanAsk reports whether there is a person to ask.
func (f *Factory) CanAsk() bool { return f.StdinTerminal && f.StderrTerminal && !f.NoInput }

// answers is where a question of a command is answered: standard input, or, where that
// carries what the question is about, the terminal that the process belongs to. It is nil
// where there is nobody to ask.
func (f *Factory) answers(c ConfirmFlags) io.Reader {
	switch {
	case f.CanAsk():
		return f.Stdin
	case !c.Piped || f.Terminal == nil || !f.StderrTerminal || f.NoInput:
		return nil
	case f.terminal == nil:
		terminal, err := f.Terminal()
		if err != nil {
			return nil
		}
		f.terminal = terminal
	}
	return f.terminal
}

// NeedYes refuses, with a usage error, to go on without --yes where nobody can be
// asked. Commands call it before they look anything up.
func (f *Factory) NeedYes(c ConfirmFlags, what string) error {
	if c.Yes || c.DryRun || f.answers(c) != nil {
		return nil
	}
	why, ways := "there is no terminal to ask on", "--yes to go on"
	if c.Piped && !f.NoInput {
		why = "standard input is what it is to be done with, so that there is no terminal to ask on"
	}
	if c.previews {
		ways += ", or --dry-run to look first"
	}
	return Usage("%s, and %s: give %s", what, why, ways)
}

// Confirm asks a yes-or-no question on the terminal, no being the default. It fails
// with ErrDeclined.
func (f *Factory) Confirm(c ConfirmFlags, question string) error {
	if c.Yes {
		return nil
	}
	yes, err := f.yesNo(f.answers(c), question)
	if err == nil && !yes {
		err = ErrDeclined
	}
	return err
}

// YesNo asks a question whose answers are both good, on the terminal, no being the
// default. It fails with ErrDeclined where there is no answer at all.
func (f *Factory) YesNo(question string) (bool, error) {
	return f.yesNo(f.answers(ConfirmFlags{}), question)
}

func (f *Factory) yesNo(in io.Reader, question string) (bool, error) {
	answer, err := f.ask(in, question+" [y/N] ")
	if err != nil {
		return false, err
	}
	switch strings.ToLower(answer) {
	case "y", "yes":
		return true, nil
	}
	return false, nil
}

// Ask asks for a line on the terminal.
func (f *Factory) Ask(question string) (string, error) {
	return f.ask(f.answers(ConfirmFlags{}), question)
}

func (f *Factory) ask(in io.Reader, question string) (string, error) {
	if in == nil {
		return "", Usage("there is no terminal to ask on")
	}
	if _, err := fmt.Fprint(f.Stderr, output.Sentence(question)); err != nil {
		return "", err
	}
	line, err := readLine(in)
	if err != nil {
		_, _ = fmt.Fprintln(f.Stderr) // the line of the question ends here
	}
	if errors.Is(err, io.EOF) {
		return "", ErrDeclined
	}
	return strings.TrimSpace(line), err
}

// readLine reads a line and nothing after it: that is the answer to the next question.
func readLine(in io.Reader) (string, error) {
	var line []byte
	one := make([]byte, 1)
	for {
		n, err := in.Read(one)
		switch {
		case n == 1 && one[0] == '\n':
			return string(line), nil
		case n == 1:
			line = append(line, one[0])
		}
		if err != nil {
			return string(line), err
		}
	}
}

// AskSecret asks for a line on the terminal without showing it.
func (f *Factory) AskSecret(question string) (string, error) {
	if !f.CanAsk() || f.ReadPassword == nil {
		return "", Usage("there is no terminal to ask on")
	}
	if _, err := fmt.Fprint(f.Stderr, question); err != nil {
		return "", err
	}
	secret, err := f.ReadPassword()
	_, _ = fmt.Fprintln(f.Stderr)
	return strings.TrimSpace(secret), err
}

// ReadSecret reads what is secret, such as a password, from standard input, to its end.
func (f *Factory) ReadSecret(what string) (string, error) {
	const longest = 4096
	text, err := io.ReadAll(io.LimitReader(f.Stdin, longest))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", what, err)
	}
	secret := strings.TrimSpace(string(text))
	if secret == "" {
		return "", Usage("there is no %s on standard input", what)
	}
	return secret, nil
}

// Where names the profile and the API in a question that spends money, and the project
// file where that has chosen the profile.
func (f *Factory) Where() string {
	c, err := f.Config()
	if err != nil {
		return ""
	}
	name, origin, _ := c.Lookup("profile")
	if origin != "" && origin == c.Project() {
		name += " (" + origin + ")"
	}
	return fmt.Sprintf("profile %s at %s", name, c.Get("host"))
}
