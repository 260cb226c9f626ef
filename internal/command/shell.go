package command

import (
	"net/url"
	"strings"
)

// ShellWord quotes a word as shells take it, where it needs that.
func ShellWord(word string) string {
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+=,-", r)
	}) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// ShellArgument quotes a word that is an argument by itself; false for what cannot be one.
func ShellArgument(word string) (string, bool) {
	if word == "" || strings.HasPrefix(word, "-") || strings.ContainsFunc(word, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return "", false
	}
	return ShellWord(word), true
}

// SameAPI repeats, for a command to go on with, the flags that say which API is called as
// whom. A host with anything secret in it is none, and not repeated.
func (f *Factory) SameAPI() string {
	host := f.Host
	if u, err := url.Parse(host); err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		host = ""
	}
	var text strings.Builder
	for _, flag := range []struct{ name, value string }{{"profile", f.Profile}, {"host", host}} {
		if word, ok := ShellArgument(flag.value); ok {
			text.WriteString(" --" + flag.name + " " + word)
		}
	}
	return text.String()
}
