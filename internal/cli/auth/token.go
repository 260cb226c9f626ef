package auth

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
)

func newCmdToken(f *command.Factory) *cobra.Command {
	return simple(f, &cobra.Command{
		Use:     "token",
		Short:   "Print the token, for other programs",
		Long:    "Print the token of the current profile. Whoever has it can buy with your balance.",
		Example: "  $ curl -H \"Authorization: Bearer $(resell auth token)\" https://licensing.example.com/v1/session",
	}, tokenRun)
}

func tokenRun(ctx context.Context, f *command.Factory) error {
	id, err := f.Identity(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f.Stdout, id.Token)
	return err
}
