package command

import (
	"strings"

	"github.com/resell-cli/resell/internal/credential"
)

// TokenFrom is where the token of this run comes from, if from a variable or a command;
// else empty, for one that somebody has signed in for. It asks neither.
func (f *Factory) TokenFrom() string {
	if strings.TrimSpace(f.Getenv("RESELL_TOKEN")) != "" {
		return string(credential.SourceEnvironment)
	}
	if c, err := f.Config(); err == nil && c.Get("token_command") != "" {
		return string(credential.SourceCommand)
	}
	return ""
}

// TokenAdvice is what to do about a token that is no good, by where it comes from; empty
// for one that somebody has signed in for: signing in again helps.
func TokenAdvice(from string) string {
	switch credential.Source(from) {
	case credential.SourceEnvironment:
		return "replace RESELL_TOKEN, or unset it to use the token that resell auth login keeps"
	case credential.SourceCommand:
		return "have token_command print another token, or unset it to use the one that resell auth login keeps"
	}
	return ""
}
