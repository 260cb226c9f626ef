package auth

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type loginOptions struct {
	*command.Factory
	withToken bool
	insecure  bool
}

func newCmdLogin(f *command.Factory, runF func(context.Context, *loginOptions) error) *cobra.Command {
	o := &loginOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "login",
		Short: "Sign in with an API token",
		Long: `Sign in with an API token, which your vendor has given you. On a terminal it is asked for and not
shown; with --with-token it is read from standard input. It is tried before it is kept.

The host becomes a setting of the profile, the token goes into the keyring of the operating system.`,
		Example: "  $ resell auth login --host https://licensing.example.com\n" +
			"  $ resell auth login --host https://licensing.example.com --with-token < token.txt\n" +
			"  $ resell auth login --host https://licensing.example.com --profile second-vendor",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), o)
			}
			return loginRun(cmd.Context(), o)
		},
	}
	cmd.Flags().BoolVar(&o.withToken, "with-token", false, "read the token from standard input")
	cmd.Flags().BoolVar(&o.insecure, "insecure-storage", false, "keep the token in a plain file, readable by you alone, instead of the keyring")
	return cmd
}

func loginRun(ctx context.Context, o *loginOptions) error {
	settings, err := o.Config()
	if err != nil {
		return err
	}
	host, err := o.host()
	if err != nil {
		return err
	}
	token, err := o.token()
	if err != nil {
		return err
	}
	c, err := o.ClientWith(host, token)
	if err != nil {
		return err
	}
	session, err := command.CallWith(ctx, c, api.SessionView, api.SessionViewInput{})
	if err != nil {
		return err
	}
	credentials, err := o.Credentials()
	if err != nil {
		return err
	}
	where, err := credentials.Save(ctx, settings.Profile(), host, token, o.insecure)
	if err != nil {
		return err
	}
	if err := settings.Set("host", host); err != nil {
		return err
	}
	o.Note("Signed in to %s as %s; the token is in the %s, for profile %s.", session.Vendor, who(session), where, settings.Profile())
	if o.Getenv("RESELL_TOKEN") != "" {
		o.Note("RESELL_TOKEN is set, and comes before it.")
	}
	return nil
}

func (o *loginOptions) host() (string, error) {
	host, err := o.HostName()
	if err == nil || !o.CanAsk() || o.withToken {
		return host, err
	}
	return o.Ask("Address of the licensing API, such as https://licensing.example.com: ")
}

func (o *loginOptions) token() (string, error) {
	if !o.withToken {
		if !o.CanAsk() {
			return "", command.Usage("there is no terminal to ask on: give --with-token and the token on standard input, or set RESELL_TOKEN instead of signing in")
		}
		return o.AskSecret("API token: ")
	}
	const longest = 4096
	text, err := io.ReadAll(io.LimitReader(o.Stdin, longest))
	if err != nil {
		return "", fmt.Errorf("read token: %w", err)
	}
	token := strings.TrimSpace(string(text))
	if token == "" {
		return "", command.Usage("there is no token on standard input")
	}
	return token, nil
}

func who(s api.Session) string {
	if s.Reseller == nil {
		return "the vendor"
	}
	return fmt.Sprintf("%s (%s)", s.Reseller.Name, s.Reseller.Login)
}
