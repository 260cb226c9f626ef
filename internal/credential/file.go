package credential

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"

	"github.com/resell-cli/resell/internal/privatefile"
)

// file is credentials.json, the plain store that --insecure-storage asks for.
type file struct{ path string }

// credentials is the file's content: tokens by host and profile.
type credentials struct {
	Hosts map[string]map[string]string `json:"hosts"`
}

// read returns the file's content; a missing file is an empty one. A file that
// others may read is refused.
func (f file) read() (credentials, error) {
	var content credentials
	info, err := os.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return content, nil
	}
	if err != nil {
		return content, fmt.Errorf("read credentials: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return content, fmt.Errorf(
			"read credentials: others may read %s (mode %04o); run: chmod 600 %q",
			f.path, info.Mode().Perm(), f.path)
	}
	data, err := privatefile.Read(f.path)
	if err != nil {
		return content, fmt.Errorf("read credentials: %w", err)
	}
	if err := json.Unmarshal(data, &content); err != nil {
		// The cause may quote the file.
		return credentials{}, fmt.Errorf(
			"read credentials: %s is not the JSON it should be; delete it and log in again", f.path)
	}
	return content, nil
}

func (f file) write(content credentials) error {
	data, err := json.MarshalIndent(content, "", "  ")
	if err != nil {
		return fmt.Errorf("write credentials: %w", err)
	}
	if err := privatefile.Write(f.path, append(data, '\n')); err != nil {
		return fmt.Errorf("write credentials: %w", err)
	}
	return nil
}

func (c *credentials) set(host, profile, token string) {
	if c.Hosts == nil {
		c.Hosts = map[string]map[string]string{}
	}
	if c.Hosts[host] == nil {
		c.Hosts[host] = map[string]string{}
	}
	c.Hosts[host][profile] = token
}

func (c *credentials) remove(host, profile string) bool {
	if _, ok := c.Hosts[host][profile]; !ok {
		return false
	}
	delete(c.Hosts[host], profile)
	if len(c.Hosts[host]) == 0 {
		delete(c.Hosts, host)
	}
	return true
}
