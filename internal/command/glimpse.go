package command

import (
	"context"
	"errors"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/config"
	"github.com/resell-cli/resell/internal/credential"
	"github.com/resell-cli/resell/internal/version"
)

// errUnasked is returned where the token could not be found without a person.
var errUnasked = errors.New("the token comes from a command, which may ask for a passphrase")

// Glimpse gives the first rows of a list, and whether they are all. It is for
// completion: nobody is asked for anything, nothing is tried twice, and no time is
// taken beyond the end of ctx.
func Glimpse[I, T any, P listed[I]](ctx context.Context, f *Factory, op api.Op[I, api.List[T]], in I, limit int) (rows []T, all bool, err error) {
	c, err := f.quietClient(ctx)
	if err != nil {
		return nil, false, err
	}
	P(&in).SetLimit(limit)
	page, err := client.Call(ctx, c, op, in)
	return page.Data, page.NextCursor == "", err
}

// quietClient is [Factory.Client] without what could show a dialog: a keyring that is
// locked counts as empty, and a token_command is not run.
func (f *Factory) quietClient(ctx context.Context) (*client.Client, error) {
	settings, err := f.Config()
	if err != nil {
		return nil, err
	}
	host, err := f.HostName()
	if err != nil {
		return nil, err
	}
	if settings.Get("token_command") != "" && f.Getenv("RESELL_TOKEN") == "" {
		return nil, errUnasked
	}
	dir, err := config.Dir(f.Getenv)
	if err != nil {
		return nil, err
	}
	token, _, err := credential.New(credential.Options{Getenv: f.Getenv, ConfigDir: dir}).Token(ctx, settings.Profile(), host)
	if err != nil {
		return nil, err
	}
	return client.New(client.Options{Host: host, Token: token, UserAgent: "resell/" + version.String(), MaxWait: -1})
}
