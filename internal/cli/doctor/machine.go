package doctor

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/resell-cli/resell/internal/command"
)

// settings looks at config.yaml and the file of the project.
func settings(f *command.Factory) []check {
	c, err := f.Config()
	if err != nil {
		return []check{bad("settings", err, "correct the file that is named, or move it away")}
	}
	name, origin, _ := c.Lookup("profile")
	checks := []check{good("settings", "profile %s in %s", name, c.Path())}
	if info, err := os.Stat(c.Path()); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		checks[0] = doubtful("settings", fmt.Sprintf("others may read or change %s (mode %04o)", c.Path(), info.Mode().Perm()), fmt.Sprintf("chmod 600 %q", c.Path()))
	}
	if unknown := c.Unknown(); len(unknown) > 0 {
		checks = append(checks, doubtful("settings", fmt.Sprintf("%s holds what is no setting, and is ignored: %s", c.Path(), strings.Join(unknown, ", ")), "resell config list"))
	}
	for _, key := range c.Settings() {
		if key.Name == "host" || key.Name == "token_command" {
			continue // which are used below, and told of there
		}
		if _, err := c.Valid(key.Name); err != nil {
			return append(checks, bad("settings", err, "correct it where it is set, or unset it"))
		}
	}
	if project := c.Project(); project != "" {
		detail := project
		if origin == project {
			detail += " chooses profile " + name
		}
		checks = append(checks, good("project", "%s", detail))
	}
	return checks
}

// keyring tells whether a token could be kept, which is only needed to sign in.
func keyring(ctx context.Context, f *command.Factory) check {
	credentials, err := f.Credentials()
	if err == nil {
		err = credentials.Probe(ctx)
	}
	if err == nil {
		return good("keyring", "it can be read and written")
	}
	if from := f.TokenFrom(); from != "" {
		return good("keyring", "not needed: the token comes from %s", from)
	}
	fix := "set RESELL_TOKEN where there is no keyring"
	if ways := command.KeyringHints(err); len(ways) > 0 {
		fix = ways[0]
	}
	return doubtful("keyring", err.Error(), fix)
}
