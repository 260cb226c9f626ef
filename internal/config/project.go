package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/resell-cli/resell/internal/privatefile"
)

// ProjectFile is the name of the file that says, for the folder of a project and those
// below it, which profile the work there is done with.
const ProjectFile = ".resell.yaml"

// project is a project's file. It comes with the project, from whoever wrote that, so
// that it may choose among what the user has set up and add nothing: no host that a
// token would be sent to, no program that would be run, no secret.
type project struct {
	path     string // "" where there is none
	profile  string
	settings map[string]string
}

// projectKeys are the settings that a project's file may hold, beside the profile.
func projectKeys() []string { return []string{"company", "contract", "output"} }

// EnterProject takes over what the nearest project file says, looked for in dir and
// the folders above it, up to the user's home or the root. Its settings come before
// those of the profile, and after flags and variables. An *InvalidError refuses a file
// that holds anything else than it may.
func (c *Config) EnterProject(dir string) error {
	found, err := findProject(dir, homeOf(c.getenv))
	if err != nil {
		return err
	}
	c.project = found
	return c.layer()
}

// Project returns the path of the project file in force, "" for none.
func (c *Config) Project() string { return c.project.path }

func homeOf(getenv func(string) string) string {
	if home := getenv("HOME"); home != "" {
		return filepath.Clean(home)
	}
	return filepath.Clean(getenv("USERPROFILE")) // that of Windows
}

func findProject(dir, home string) (project, error) {
	if dir == "" {
		return project{}, nil
	}
	for dir = filepath.Clean(dir); ; dir = filepath.Dir(dir) {
		path := filepath.Join(dir, ProjectFile)
		text, err := privatefile.Read(path)
		switch {
		case err == nil:
			return parseProject(path, text)
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission):
			return project{}, fmt.Errorf("read project file: %w", err)
		case dir == home || dir == filepath.Dir(dir):
			return project{}, nil
		}
	}
}

func parseProject(path string, text []byte) (project, error) {
	invalid := func(reason, hint string) (project, error) {
		return project{}, &InvalidError{Reason: fmt.Sprintf("the project file %s %s", path, reason), Hint: hint}
	}
	var keys yaml.MapSlice
	if err := yaml.Unmarshal(text, &keys); err != nil {
		return invalid("cannot be read: "+withLine(err).Error(), "write it as lines like profile: acme")
	}
	for _, item := range keys {
		if reason, hint := refuseProjectKey(fmt.Sprint(item.Key)); reason != "" {
			return invalid(reason, hint)
		}
	}
	var values map[string]setting
	if err := yaml.Unmarshal(text, &values); err != nil {
		return invalid("cannot be read: "+withLine(err).Error(), "write it as lines like profile: acme")
	}
	found := project{path: path, settings: map[string]string{}}
	for name, value := range values {
		if value == "" {
			continue
		}
		if name == profileKey {
			found.profile = string(value)
			if err := checkProfileName(found.profile); err != nil {
				return invalid("names a profile that cannot be", err.Error())
			}
			continue
		}
		key, _ := findKey(name)
		if err := key.check(string(value)); err != nil {
			return invalid("cannot be used: "+err.Error(), "")
		}
		found.settings[name] = string(value)
	}
	return found, nil
}

// refuseProjectKey says why a project's file may not hold a key, and what to do
// instead; the reason is empty where it may.
func refuseProjectKey(name string) (reason, hint string) {
	allowed := append([]string{profileKey}, projectKeys()...)
	switch {
	case slices.Contains(allowed, name):
		return "", ""
	case name == "host":
		return "sets host, which it must not: whoever wrote it could have your token sent to another server",
			"keep the host in a profile (`resell auth login --profile NAME`), and name that profile here"
	case name == "token_command" || name == "pager":
		return fmt.Sprintf("sets %s, which it must not: whoever wrote it could have a program run on your computer", name),
			"keep it in a profile, and name that profile here"
	case looksSecret(name):
		return fmt.Sprintf("holds %q: a secret has no place in a project", name),
			"take it out and revoke it, run `resell auth login --profile NAME`, and name that profile here"
	}
	return fmt.Sprintf("holds %q, which it may not%s", name, didYouMean(name, allowed)), "it may hold: " + strings.Join(allowed, ", ")
}
