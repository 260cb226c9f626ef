package command

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"path/filepath"
	"time"

	"github.com/resell-cli/resell/internal/config"
	"github.com/resell-cli/resell/internal/privatefile"
)

// cacheAge is how long what was fetched is taken for the truth.
const cacheAge = time.Minute

// Cache keeps what the API has answered for a minute, in a file of the profile and host
// that only its owner may read. Nothing secret belongs in it.
type Cache struct {
	path    string
	now     time.Time
	entries map[string]cached
}

type cached struct {
	At    time.Time       `json:"at"`
	Value json.RawMessage `json:"value"`
}

// Cache opens the cache of the current profile and host. One that cannot be read is
// empty, and keeps nothing where there is no place for it.
func (f *Factory) Cache() *Cache {
	c := &Cache{now: f.Now(), entries: make(map[string]cached)}
	settings, err := f.Config()
	if err != nil {
		return c
	}
	dir, err := config.CacheDir(f.Getenv)
	if err != nil {
		return c
	}
	// Another token may be another reseller's.
	whose := sha256.Sum256([]byte(settings.Profile() + "\x00" + settings.Get("host") + "\x00" + f.Getenv("RESELL_TOKEN")))
	c.path = filepath.Join(dir, hex.EncodeToString(whose[:16])+".json")
	text, err := privatefile.Read(c.path)
	if err != nil || json.Unmarshal(text, &c.entries) != nil {
		return c // what is not there, or not whole, is fetched again
	}
	for key, entry := range c.entries {
		if age := c.now.Sub(entry.At); age < 0 || age >= cacheAge {
			delete(c.entries, key)
		}
	}
	return c
}

// Get reads what is kept under a key; false where nothing is, or it is too old.
func (c *Cache) Get(key string, to any) bool {
	entry, ok := c.entries[key]
	return ok && json.Unmarshal(entry.Value, to) == nil
}

// Put keeps a value under a key, and forgets all that is too old.
func (c *Cache) Put(key string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	c.entries[key] = cached{c.now, text}
	whole, err := json.Marshal(c.entries)
	if err != nil {
		return err
	}
	if c.path == "" || len(whole) > privatefile.MaxSize {
		return errors.New("there is no room for a cache")
	}
	return privatefile.Write(c.path, whole)
}
