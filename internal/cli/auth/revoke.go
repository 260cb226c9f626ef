package auth

import (
	"context"
	"time"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// sessionOf asks who a token speaks for.
func sessionOf(ctx context.Context, f *command.Factory, host, token string) (api.Session, error) {
	c, err := f.ClientWith(host, token)
	if err != nil {
		return api.Session{}, err
	}
	return command.CallWith(ctx, c, api.SessionView, api.SessionViewInput{})
}

// revokeWait is how long signing out waits for the server.
const revokeWait = 5 * time.Second

// revoke makes a token that somebody signed in for worth nothing. One that was made
// for a machine may be used elsewhere, and stays.
func revoke(ctx context.Context, f *command.Factory, host, token string) error {
	ctx, cancel := context.WithTimeout(ctx, revokeWait)
	defer cancel()
	session, err := sessionOf(ctx, f, host, token)
	if err != nil || session.User == nil {
		return err
	}
	c, err := f.ClientWith(host, token)
	if err != nil {
		return err
	}
	_, err = command.CallWith(ctx, c, api.SessionDelete, api.SessionDeleteInput{})
	return err
}
