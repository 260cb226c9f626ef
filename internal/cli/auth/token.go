package auth

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

func newCmdToken(f *command.Factory, runF func(context.Context, *command.Factory) error) *cobra.Command {
	return simple(f, &cobra.Command{
		Use:     "token",
		Short:   "Print the token, for other programs",
		Long:    "Print the token of the current profile. Whoever has it can buy with your balance.",
		Example: "  $ curl -H \"Authorization: Bearer $(resell auth token)\" https://licensing.example.com/v1/session",
	}, tokenRun, runF)
}

func tokenRun(ctx context.Context, f *command.Factory) error {
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
	token, _, err := credentials.Token(ctx, settings.Profile(), host)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f.Stdout, token)
	return err
}
