// Package config holds the CLI's settings. A setting comes from a flag, else
// from its RESELL_* variable, else from the file of the project, else from the
// current profile in config.yaml, else from its default. Secrets are never settings: see package credential.
package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/viper"
)

// DefaultProfile is the profile in use when nothing names another.
const DefaultProfile = "default"

const fileName = "config.yaml"

// Source is a setting's value and where it comes from: "flag", the name of an
// environment variable, the path of a project file, "profile NAME in PATH" or
// "default".
type Source struct{ Value, Origin string }

// Config is the CLI's settings. It is not safe for use by several goroutines
// while one of them sets flags, the profile or a setting.
type Config struct {
	getenv  func(string) string
	path    string
	noPath  error // why there is no path, where there is none
	file    document
	project project
	profile string            // from the flag
	flags   map[string]string // by key
	layers  *viper.Viper
}

// Load reads config.yaml from Dir. A missing file is an empty one, and so is that of a
// machine without a home directory, as those of CI are: only to change a setting fails
// there. The error for a file that cannot be used names its path, the line and what to do.
func Load(getenv func(string) string) (*Config, error) {
	c := &Config{getenv: getenv, flags: map[string]string{}}
	dir, err := Dir(getenv)
	if err == nil {
		c.path = filepath.Join(dir, fileName)
		c.file, err = readDocument(c.path)
	} else {
		c.noPath = err
		c.file, err = parseDocument(nil)
	}
	if err != nil {
		return nil, err
	}
	return c, c.layer()
}

// Bare is the settings without any file: flags, variables and defaults.
func Bare(getenv func(string) string) *Config {
	c := &Config{getenv: getenv, flags: map[string]string{}}
	_ = c.layer() // an empty file merges
	return c
}

// Unknown returns what the file holds that is no setting, such as a slip of the pen:
// profiles.default.compny. It is ignored.
func (c *Config) Unknown() []string {
	unknown := slices.Clone(c.file.others)
	for _, profile := range c.file.names {
		for _, key := range slices.Sorted(maps.Keys(c.file.profiles[profile])) {
			if _, ok := findKey(key); !ok {
				unknown = append(unknown, "profiles."+profile+"."+key)
			}
		}
	}
	return unknown
}

// Path returns where config.yaml is, whether or not it exists; "" where it has no place.
func (c *Config) Path() string { return c.path }

// Profile returns the name of the current profile, case preserved:
// SetProfile's, else RESELL_PROFILE, else the project's, else the file's, else
// DefaultProfile.
func (c *Config) Profile() string { return c.currentProfile().Value }

func (c *Config) currentProfile() Source {
	switch {
	case c.profile != "":
		return Source{c.profile, "flag"}
	case c.getenv("RESELL_PROFILE") != "":
		return Source{c.getenv("RESELL_PROFILE"), "RESELL_PROFILE"}
	case c.project.profile != "":
		return Source{c.project.profile, c.project.path}
	case c.file.profile != "":
		return Source{c.file.profile, c.path}
	default:
		return Source{DefaultProfile, "default"}
	}
}

// SetProfile selects a profile for this run, as --profile does. An empty name
// selects none.
func (c *Config) SetProfile(name string) {
	c.profile = name
	// Every value of the file was merged once before, by Load.
	_ = c.layer()
}

// Profiles returns the names of the profiles: those in the file, in its order, and before
// them DefaultProfile where that is the one in use or there is no other, whether or not
// anything is set in it.
func (c *Config) Profiles() []string {
	needed := c.Profile() == DefaultProfile || len(c.file.names) == 0
	if needed && !slices.Contains(c.file.names, DefaultProfile) {
		return append([]string{DefaultProfile}, c.file.names...)
	}
	return slices.Clone(c.file.names)
}

// Stored returns what a profile of the file says of a setting, whatever comes
// before it; empty for nothing.
func (c *Config) Stored(profile, key string) string { return c.file.profiles[profile][key] }

// SetFlag gives a setting for this run, as a flag does. An empty value counts:
// it hides what the other layers say. Unknown keys are ignored.
func (c *Config) SetFlag(key, value string) {
	c.flags[key] = value
	c.layers.Set(key, value)
}

// Get returns a setting's value, empty when it has none or is not known.
func (c *Config) Get(key string) string {
	value, _, _ := c.Lookup(key)
	return value
}

// Lookup returns a setting's value and origin, in the words of Source. ok is
// false when no layer has a value, or the key is not known. The key "profile"
// gives the current profile.
func (c *Config) Lookup(key string) (value, origin string, ok bool) {
	source, ok := c.Source(key)
	return source.Value, source.Origin, ok
}

// Source is Lookup with its answer in one value.
func (c *Config) Source(key string) (Source, bool) {
	if key == profileKey {
		return c.currentProfile(), true
	}
	known, ok := findKey(key)
	if !ok {
		return Source{}, false
	}
	source := Source{Value: c.layers.GetString(key), Origin: "default"}
	if _, ok := c.flags[key]; ok {
		source.Origin = "flag"
		return source, true
	}
	switch {
	case c.getenv(known.Env) != "":
		source.Origin = known.Env
	case c.project.settings[key] != "":
		source.Origin = c.project.path
	case c.layers.InConfig(key):
		source.Origin = c.ofProfile()
	}
	return source, source.Value != ""
}

func (c *Config) ofProfile() string { return fmt.Sprintf("profile %s in %s", c.Profile(), c.path) }

// Valid is Get of a setting whose value has to fit. An *InvalidError says where one comes
// from that does not: a flag, a variable or a file, none of which was looked at before.
func (c *Config) Valid(key string) (string, error) {
	value, origin, ok := c.Lookup(key)
	known, _ := findKey(key)
	if !ok || origin == "default" {
		return value, nil
	}
	if yes, err := strconv.ParseBool(value); err == nil && key == "accessible" {
		return strconv.FormatBool(yes), nil // 1, too
	}
	err := known.checkAs(c.Named(key), value)
	if invalid, ok := errors.AsType[*InvalidError](err); ok {
		switch origin {
		case known.Env:
			invalid.Variable = known.Env
		case c.ofProfile():
			invalid.Unset = key
		}
	}
	return value, err
}

// Named is what a setting is called where its value comes from: --max-wait,
// RESELL_MAX_WAIT, or max_wait in a file.
func (c *Config) Named(key string) string {
	_, origin, _ := c.Lookup(key)
	known, _ := findKey(key)
	switch origin {
	case "flag":
		return "--" + strings.ReplaceAll(key, "_", "-")
	case known.Env:
		return known.Env
	case "", "default":
		return key
	case c.project.path:
		return key + " in " + origin
	}
	return key + " of " + origin
}

// Settings lists every setting there is.
func (c *Config) Settings() []Key { return Keys() }

// Setting describes a setting. An *InvalidError refuses a name that is none, with the
// nearest one.
func (c *Config) Setting(name string) (Key, error) {
	if name == profileKey {
		return Key{Name: profileKey, Env: "RESELL_PROFILE", Doc: "profile that is used when none is named"}, nil
	}
	return settable(name)
}

// layer builds the precedence of the current profile. Only the profile's own
// settings enter viper, never profile names: it would lower-case them and
// split them at dots.
func (c *Config) layer() error {
	v := viper.New()
	settings := map[string]any{}
	for _, key := range Keys() {
		v.SetDefault(key.Name, key.Default)
		if err := v.BindFlagValue(key.Name, variable{key.Env, c.getenv}); err != nil {
			return fmt.Errorf("bind %s: %w", key.Env, err)
		}
		if value := cmp.Or(c.project.settings[key.Name], c.Stored(c.Profile(), key.Name)); value != "" {
			settings[key.Name] = value
		}
	}
	if err := v.MergeConfigMap(settings); err != nil {
		return fmt.Errorf("merge profile %s: %w", c.Profile(), err)
	}
	for key, value := range c.flags {
		v.Set(key, value)
	}
	c.layers = v
	return nil
}

// variable presents an environment variable as viper's flag layer, which lies
// between Set, used for the real flags, and the file. Viper's own environment
// layer reads the process's environment and cannot be given another.
type variable struct {
	name   string
	getenv func(string) string
}

// HasChanged reports whether the variable is set and not empty.
func (v variable) HasChanged() bool { return v.getenv(v.name) != "" }

// Name returns the variable's name.
func (v variable) Name() string { return v.name }

// ValueString returns the variable's value.
func (v variable) ValueString() string { return v.getenv(v.name) }

// ValueType returns the only type settings have.
func (v variable) ValueType() string { return "string" }
