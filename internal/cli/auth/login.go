package auth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type loginOptions struct {
	*command.Factory
	login         string
	passwordStdin bool
	tokenName     string
	withToken     bool
	insecure      bool
}

func newCmdLogin(f *command.Factory) *cobra.Command {
	o := &loginOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "login",
		Short: "Sign in with a password or an API token",
		Long: `Sign in with your login, or your e-mail address, and your password. On a terminal they are asked for,
and the password is not shown; in a script, give --login and the password on standard input. You get a
token that lasts 90 days and may do what your role may.

With --with-token it is an API token that is kept, one that you have been given for a machine, say. It
is tried first.

The host becomes a setting of the profile, the token goes into the keyring of the operating system.`,
		Example: "  $ resell auth login --host https://licensing.example.com\n" +
			"  $ resell auth login --host https://licensing.example.com --login ann --password-stdin < password.txt\n" +
			"  $ resell auth login --host https://licensing.example.com --with-token < token.txt\n" +
			"  $ resell auth login --host https://licensing.example.com --profile second-vendor",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			return loginRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.login, "login", "", "sign in as this `login` or e-mail address")
	flags.BoolVar(&o.passwordStdin, "password-stdin", false, "read the password from standard input")
	flags.StringVar(&o.tokenName, "token-name", "", "`name` of the token in token list; where you sign in, when left out")
	flags.BoolVar(&o.withToken, "with-token", false, "keep an API token, read from standard input, instead of signing in with a password")
	flags.BoolVar(&o.insecure, "insecure-storage", false, "keep the token in a plain file, readable by you alone, instead of the keyring")
	cmd.MarkFlagsMutuallyExclusive("with-token", "login")
	cmd.MarkFlagsMutuallyExclusive("with-token", "password-stdin")
	return cmd
}

func (o *loginOptions) check() error {
	switch {
	case o.withToken || o.CanAsk():
		return nil
	case o.login == "" || !o.passwordStdin:
		return command.Usage("there is no terminal to ask on: give --login and --password-stdin, or --with-token, or set RESELL_TOKEN instead of signing in")
	}
	return nil
}

func loginRun(ctx context.Context, o *loginOptions) error {
	host, err := o.host()
	if err != nil {
		return err
	}
	if o.withToken {
		token, err := o.token()
		if err != nil {
			return err
		}
		session, err := sessionOf(ctx, o.Factory, host, token)
		if err != nil {
			return err
		}
		return o.keep(ctx, host, token, session)
	}
	body, err := o.credentials()
	if err != nil {
		return err
	}
	c, err := o.ClientWith(host, "")
	if err != nil {
		return err
	}
	made, err := command.CallWith(ctx, c, api.SessionCreate, api.SessionCreateInput{Body: body})
	if err != nil {
		return err
	}
	if err := o.keep(ctx, host, made.Token, made.Session); err != nil {
		// Nobody has the token now. What cannot be revoked ends by itself.
		return errors.Join(err, revoke(ctx, o.Factory, host, made.Token))
	}
	return nil
}

// keep stores the token and makes the host a setting of the profile.
func (o *loginOptions) keep(ctx context.Context, host, token string, session api.Session) error {
	settings, err := o.Config()
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
	if _, origin, _ := settings.Lookup("profile"); origin == "flag" {
		o.Note("To use it without --profile: resell auth switch %s", settings.Profile())
	}
	if o.Getenv("RESELL_TOKEN") != "" {
		o.Note("RESELL_TOKEN is set, and comes before it.")
	}
	return nil
}

func (o *loginOptions) host() (string, error) {
	host, err := o.HostName()
	if err == nil || !o.CanAsk() {
		return host, err
	}
	return o.Ask("Address of the licensing API, such as https://licensing.example.com: ")
}

func (o *loginOptions) token() (string, error) {
	if o.CanAsk() {
		return o.AskSecret("API token: ")
	}
	return o.ReadSecret("token")
}

// credentials are the login and the password, asked for where they are not given.
func (o *loginOptions) credentials() (api.SessionCreateBody, error) {
	body := api.SessionCreateBody{Login: o.login, Name: cmp.Or(o.tokenName, place())}
	var err error
	if body.Login == "" {
		if body.Login, err = o.Ask("Login or e-mail address: "); err != nil {
			return body, err
		}
	}
	if o.passwordStdin {
		body.Password, err = o.ReadSecret("password")
	} else {
		body.Password, err = o.AskSecret("Password: ")
	}
	if err == nil && (body.Login == "" || body.Password == "") {
		err = command.Usage("both a login and a password are needed")
	}
	return body, err
}

// place names a token by where it is used.
func place() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "resell"
	}
	return "resell on " + name
}

func who(s api.Session) string {
	of := "the vendor"
	if s.Reseller != nil {
		of = fmt.Sprintf("%s (%s)", s.Reseller.Name, s.Reseller.Login)
	}
	if s.User != nil {
		return fmt.Sprintf("%s of %s", s.User.Login, of)
	}
	return of
}
