package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Key is a setting the CLI knows.
type Key struct {
	Name    string   // as written in config.yaml: max_wait
	Env     string   // the environment variable that overrides the file: RESELL_MAX_WAIT
	Default string   // empty for none
	Doc     string   // one line for help and reference
	Allowed []string // the values Set accepts; nil for any
}

// Keys returns every known setting, in the order in which help lists them.
func Keys() []Key {
	keys := []Key{
		{Name: "host", Doc: "address of the licensing API, such as https://api.example.com"},
		{
			Name: "output", Default: "table", Doc: "how results are printed",
			Allowed: []string{"table", "json", "ndjson", "yaml", "csv", "tsv", "markdown", "name"},
		},
		{Name: "company", Doc: "company (id, domain or exact name) that purchases are for when --company is not given"},
		{Name: "contract", Doc: "contract (id or number) to buy under when --contract is not given"},
		{Name: "max_wait", Default: "60s", Doc: "how long to go on retrying a busy or unreachable API, such as 30s or 2m; 0s to never retry"},
		{Name: "token_command", Doc: "shell command that prints the API token on its first line, such as \"pass show resell\""},
		{Name: "color", Default: "auto", Doc: "when to colour output", Allowed: []string{"auto", "always", "never"}},
		{Name: "accessible", Default: "false", Doc: "one fact a line, without drawing, for screen readers", Allowed: []string{"true", "false"}},
		{Name: "pager", Doc: "program that shows what is longer than the terminal, with its arguments; \"cat\" for none"},
	}
	for i := range keys {
		keys[i].Env = "RESELL_" + strings.ToUpper(keys[i].Name)
	}
	return keys
}

func findKey(name string) (Key, bool) {
	keys := Keys()
	i := slices.IndexFunc(keys, func(key Key) bool { return key.Name == name })
	if i < 0 {
		return Key{}, false
	}
	return keys[i], true
}

// settable returns the key called name, or says why it cannot be written.
func settable(name string) (Key, error) {
	if key, ok := findKey(name); ok {
		return key, nil
	}
	if looksSecret(name) {
		return Key{}, &InvalidError{
			Reason: fmt.Sprintf("%q is not a setting: secrets belong in the keyring", name),
			Hint:   "run `resell auth login`, or set RESELL_TOKEN or token_command",
		}
	}
	var known []string
	for _, key := range Keys() {
		known = append(known, key.Name)
	}
	return Key{}, &InvalidError{
		Reason: fmt.Sprintf("there is no setting %q%s", name, didYouMean(name, known)),
		Hint:   "settings: " + strings.Join(known, ", "),
	}
}

func looksSecret(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(
		[]string{"token", "password", "passwd", "passphrase", "secret", "api_key", "api-key", "apikey", "credential"},
		func(word string) bool { return strings.Contains(name, word) },
	)
}

// check says why value cannot be stored under the key. What looks like a
// secret is never repeated in the error.
func (k Key) check(value string) error { return k.checkAs(k.Name, value) }

// checkAs is check for a value that is called by where it comes from.
func (k Key) checkAs(name, value string) error {
	switch {
	case strings.Contains(value, "rs_live_"), strings.Contains(value, "rs_test_"):
		return &InvalidError{
			Reason: fmt.Sprintf("the value for %s holds an API token: secrets belong in the keyring", name),
			Hint:   "run `resell auth login`",
		}
	case value == "":
		return &InvalidError{
			Reason: k.Name + " needs a value",
			Hint:   "to remove it run `resell config unset " + k.Name + "`",
		}
	case strings.ContainsFunc(value, unicode.IsControl):
		return &InvalidError{Reason: "the value for " + name + " holds a line break or control character"}
	case k.Allowed != nil && !slices.Contains(k.Allowed, value):
		return &InvalidError{
			Reason: fmt.Sprintf("%s cannot be %q%s", name, value, didYouMean(value, k.Allowed)),
			Hint:   "allowed: " + strings.Join(k.Allowed, ", "),
		}
	case k.Name == "host":
		return checkHost(name, value)
	case k.Name == "max_wait":
		return checkDuration(name, value)
	}
	return nil
}

func checkHost(name, value string) error {
	invalid := &InvalidError{
		Reason: name + " must be an address such as https://api.example.com, without a user name, password or query",
	}
	// The value stays out of the error: it may hold a password.
	address, err := url.Parse(value)
	if err != nil || (address.Scheme != "https" && address.Scheme != "http") || address.Hostname() == "" {
		return invalid
	}
	if address.User != nil || address.RawQuery != "" || address.Fragment != "" {
		return invalid
	}
	return nil
}

func checkDuration(name, value string) error {
	if wait, err := time.ParseDuration(value); err != nil || wait < 0 {
		return &InvalidError{Reason: fmt.Sprintf("%s cannot be %q: write a duration such as 30s or 2m", name, value)}
	}
	return nil
}
