package config

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/resell-cli/resell/internal/privatefile"
)

// Set writes a setting into the current profile of the file, which it makes if
// need be (mode 0600), and keeps the file's comments and order. The key
// "profile" is Use. An *InvalidError refuses unknown keys, values that do not
// fit, and anything that looks like a secret.
func (c *Config) Set(key, value string) error {
	if key == profileKey {
		return c.Use(value)
	}
	known, err := settable(key)
	if err != nil {
		return err
	}
	if err := known.check(value); err != nil {
		return err
	}
	profile := c.Profile()
	if err := checkProfileName(profile); err != nil {
		return err
	}
	return c.edit("set "+key, func(file *document) (err error) {
		file.text, err = setText(file.text, []string{profilesKey, profile, key}, value)
		if file.profiles[profile] == nil {
			file.profiles[profile] = map[string]string{}
		}
		file.profiles[profile][key] = value
		return err
	})
}

// Unset removes a setting from the current profile of the file; one that is not
// there is no error. The key "profile" returns to DefaultProfile. An
// *InvalidError refuses unknown keys.
func (c *Config) Unset(key string) error {
	if key == profileKey {
		return c.edit("unset profile", clearProfile)
	}
	if _, err := settable(key); err != nil {
		return err
	}
	profile := c.Profile()
	return c.edit("unset "+key, func(file *document) (err error) {
		file.text, err = removeText(file.text, []string{profilesKey, profile, key})
		delete(file.profiles[profile], key)
		return err
	})
}

// Use makes name the profile that later runs take when nothing else names one.
// An *InvalidError refuses a name that is not in the file, DefaultProfile
// excepted.
func (c *Config) Use(name string) error {
	if name != DefaultProfile && !slices.Contains(c.file.names, name) {
		return c.noProfile(name)
	}
	return c.edit("use profile "+name, func(file *document) (err error) {
		file.text, err = setText(file.text, []string{profileKey}, name)
		file.profile = name
		return err
	})
}

// DeleteProfile removes a profile and its settings from the file. When it was
// the one in use by default, DefaultProfile takes its place. An *InvalidError
// refuses a name that is not in the file.
func (c *Config) DeleteProfile(name string) error {
	if !slices.Contains(c.file.names, name) {
		return c.noProfile(name)
	}
	return c.edit("delete profile "+name, func(file *document) (err error) {
		if file.text, err = removeText(file.text, []string{profilesKey, name}); err != nil {
			return err
		}
		delete(file.profiles, name)
		if file.profile == name {
			return clearProfile(file)
		}
		return nil
	})
}

func clearProfile(file *document) (err error) {
	file.text, err = removeText(file.text, []string{profileKey})
	file.profile = ""
	return err
}

// edit applies change, which changes the text and what the text says alike, to
// the file as it is now: another process may have written it since Load. The
// new text is read before it replaces the file: one that says anything else
// than asked is not written.
func (c *Config) edit(doing string, change func(*document) error) error {
	if c.noPath != nil {
		return fmt.Errorf("%s: %w", doing, c.noPath)
	}
	file, err := readDocument(c.path)
	if err != nil {
		return err
	}
	before := string(file.text)
	if err := change(&file); err != nil {
		return fmt.Errorf("%s in %s: %w", doing, c.path, err)
	}
	written, err := parseDocument(file.text)
	if err != nil || !written.saysSame(file) {
		return fmt.Errorf("%s in %s: %w", doing, c.path, errNotPlain)
	}
	if string(file.text) != before {
		if err := privatefile.Write(c.path, file.text); err != nil {
			return fmt.Errorf("%s in %s: %w", doing, c.path, err)
		}
	}
	c.file = written
	return c.layer()
}

func (c *Config) noProfile(name string) error {
	names := c.Profiles()
	return &InvalidError{
		Reason: fmt.Sprintf("there is no profile %q%s", name, didYouMean(name, names)),
		Hint:   "profiles: " + strings.Join(names, ", "),
	}
}

func checkProfileName(name string) error {
	if strings.TrimSpace(name) != name || strings.ContainsFunc(name, unicode.IsControl) {
		return &InvalidError{Reason: fmt.Sprintf(
			"a profile cannot be called %q: leave out control characters and spaces around it", name)}
	}
	return nil
}
