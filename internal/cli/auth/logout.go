package auth

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

func newCmdLogout(f *command.Factory, runF func(context.Context, *command.Factory) error) *cobra.Command {
	return simple(f, &cobra.Command{
		Use:     "logout",
		Short:   "Forget the token of the current profile",
		Long:    "Forget the token of the current profile on this machine. The token itself stays valid.",
		Example: "  $ resell auth logout",
	}, logoutRun, runF)
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
	removed, err := credentials.Delete(ctx, settings.Profile(), host)
	if err != nil {
		return err
	}
	if !removed {
		f.Note("There was no token for %s in profile %s.", host, settings.Profile())
		return nil
	}
	f.Note("Signed out of %s in profile %s.", host, settings.Profile())
	return nil
}
