package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/config"
	"github.com/resell-cli/resell/internal/credential"
	"github.com/resell-cli/resell/internal/version"
)

// Client calls the API with the token of the current profile. It is the same for
// every call of a run, so that they share their connections.
func (f *Factory) Client(ctx context.Context) (*client.Client, error) {
	if f.client != nil {
		return f.client, nil
	}
	c, err := f.Config()
	if err != nil {
		return nil, err
	}
	if err := f.checkProfile(c); err != nil {
		return nil, err
	}
	id, err := f.Identity(ctx)
	_, mangled := errors.AsType[*credential.MangledError](err)
	switch {
	case err != nil && id.Host != "" && !mangled:
		return nil, fmt.Errorf("token for %s: %w", id.Host, err)
	case err != nil:
		return nil, err
	}
	f.client, err = f.ClientWith(id.Host, id.Token)
	return f.client, err
}

// checkProfile refuses a profile that there is nothing of: a slip, and not another name
// for the default. One that a variable or a project names does no harm where the host
// and the token come from elsewhere, as they do in CI.
func (f *Factory) checkProfile(c *config.Config) error {
	name, origin, _ := c.Lookup("profile")
	if name == config.DefaultProfile || slices.Contains(c.Profiles(), name) {
		return nil
	}
	there := strings.Join(c.Profiles(), ", ")
	if origin == "flag" {
		return Usage("there is no profile %q; there are: %s", name, there)
	}
	if f.Getenv("RESELL_TOKEN") != "" && c.Get("host") != "" {
		return nil
	}
	return Usage("there is no profile %q, which %s names; there are: %s; to make it: resell auth login --profile %s", name, origin, there, name)
}

// ClientWith calls a given API with a given token.
func (f *Factory) ClientWith(host, token string) (*client.Client, error) {
	c, err := f.Config()
	if err != nil {
		return nil, err
	}
	limit, err := c.Valid("max_wait")
	if err != nil {
		return nil, err
	}
	wait, err := time.ParseDuration(limit)
	if err != nil {
		return nil, fmt.Errorf("read max_wait: %w", err)
	}
	if wait == 0 {
		wait = -1 // never to retry; to the client zero is its default
	}
	return f.newClient(f.clientOptions(host, token, wait))
}

// newClient makes a client, or says which setting it cannot be made with, and where that
// comes from.
func (f *Factory) newClient(o client.Options) (*client.Client, error) {
	made, err := client.New(o)
	unfit, ok := errors.AsType[*client.ConfigError](err)
	if !ok {
		return made, err
	}
	named := *unfit
	c, err := f.Config()
	switch {
	case err != nil:
		return nil, err
	case named.Name == "host" && o.Host == c.Get("host"):
		named.From = c.Named("host")
	case named.Name == "token" && o.Token == f.identity.Token:
		named.From = string(f.identity.Source)
		if f.identity.Source == credential.SourceCommand {
			named.From = "what " + c.Named("token_command") + " prints"
		}
	}
	return nil, &named
}

// lookPatience is how long a look at a server waits for its answer.
const lookPatience = 10 * time.Second

// LookAt calls a given API to see how it does: once, and no longer than a person
// would wait.
func (f *Factory) LookAt(host, token string) (*client.Client, error) {
	o := f.clientOptions(host, token, -1)
	o.Timeout = lookPatience
	return f.newClient(o)
}

// worthALine is how long a wait is that a log tells of, too.
const worthALine = time.Second

func (f *Factory) clientOptions(host, token string, wait time.Duration) client.Options {
	o := client.Options{
		Host: host, Token: token, UserAgent: "resell/" + version.String(), MaxWait: wait,
		OnRetry: func(r client.Retry) {
			switch {
			case f.onRetry != nil:
				f.onRetry(r)
			case f.StderrTerminal || f.Debug || r.Wait >= worthALine:
				f.Note("%s", r)
			}
		},
		Debug: f.Requests,
	}
	if f.Debug {
		o.Debug = f.Stderr
	}
	return o
}
