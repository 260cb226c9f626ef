package auth

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

func newCmdLogout(f *command.Factory) *cobra.Command {
	return simple(f, &cobra.Command{
		Use:   "logout",
		Short: "Sign out of the current profile",
		Long: `Forget the token of the current profile on this machine. A token that you signed in for with a password
is revoked as well, where the server can be reached; an API token that you were given stays valid.`,
		Example: "  $ resell auth logout",
	}, logoutRun)
}

func logoutRun(ctx context.Context, f *command.Factory) error {
	settings, err := f.Config()
	if err != nil {
		return err
	}
	host, err := f.HostName()
	if err != nil {
		return err
	}
	credentials, err := f.Credentials()
	if err != nil {
		return err
	}
	token, _, unreadable := credentials.Stored(ctx, settings.Profile(), host)
	removed, err := credentials.Delete(ctx, settings.Profile(), host)
	if err != nil {
		return err
	}
	if !removed {
		f.Note("There was no token for %s in profile %s.", host, settings.Profile())
		return nil
	}
	f.Note("Signed out of %s in profile %s.", host, settings.Profile())
	if unreadable != nil {
		return nil //nolint:nilerr // the token is gone from here; it cannot be revoked as well
	}
	if err := revoke(ctx, f, host, token); err != nil {
		f.Note("The server could not be told, so that the token stays valid until it expires: %s", err)
	}
	return nil
}
