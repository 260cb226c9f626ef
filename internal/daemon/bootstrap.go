package daemon

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

type bootstrapOptions struct {
	db, catalog string
	tokens      []string
	vendorToken bool
	expires     int
}

func newCmdBootstrap(p Process) *cobra.Command {
	var o bootstrapOptions
	cmd := &cobra.Command{
		Use:   "bootstrap",
		Short: "Set an installation up from a catalogue file",
		Long: "Set an installation up: the vendor, its products and prices, its resellers, their contracts\n" +
			"and opening deposits, as a YAML file says. What exists is changed to what the file says, what the\n" +
			"file does not name stays; a second run changes nothing, and pays no deposit twice.\n\n" +
			"--token prints a new API token of a reseller on standard output, --vendor-token one of the vendor's own,\n" +
			"for resell catalog and resell reseller. It is shown this once.",
		Example: "  $ reselld bootstrap --db resell.db --catalog catalog.yaml\n" +
			"  $ reselld bootstrap --db resell.db --catalog catalog.yaml --token acme",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return bootstrapRun(cmd.Context(), p, o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.db, "db", "", "file of SQLite or postgres:// `URL` (required)")
	flags.StringVar(&o.catalog, "catalog", "", "catalogue `file`, YAML (required)")
	flags.StringArrayVar(&o.tokens, "token", nil, "print a new token of the reseller with this `login`; may be repeated")
	flags.BoolVar(&o.vendorToken, "vendor-token", false, "print a new token of the vendor's own")
	flags.IntVar(&o.expires, "token-days", 0, "`days` after which the tokens expire; 0 is never")
	return cmd
}

func bootstrapRun(ctx context.Context, p Process, o bootstrapOptions) error {
	if o.db == "" || o.catalog == "" {
		return errors.New("both --db and --catalog are needed")
	}
	text, err := os.ReadFile(o.catalog)
	if err != nil {
		return fmt.Errorf("read catalogue: %w", err)
	}
	catalog, err := parseCatalog(text)
	if err != nil {
		return fmt.Errorf("%s: %w", o.catalog, err)
	}
	instance, err := Open(ctx, Config{DB: o.db, Logger: slog.New(slog.DiscardHandler), Now: p.Now})
	if err != nil {
		return err
	}
	err = instance.Service.ApplyCatalog(ctx, catalog)
	if o.vendorToken {
		o.tokens = append(o.tokens, "")
	}
	for _, login := range o.tokens {
		var expires licensing.Time
		if o.expires > 0 {
			expires = licensing.At(p.Now().AddDate(0, 0, o.expires))
		}
		if err == nil {
			err = printToken(ctx, p, instance, login, expires)
		}
	}
	return errors.Join(err, instance.Close())
}

func printToken(ctx context.Context, p Process, i *Instance, login string, expires licensing.Time) error {
	token, err := i.IssueToken(ctx, login, "bootstrap", api.LivePrefix, expires)
	if err != nil {
		return fmt.Errorf("token of %s: %w", login, err)
	}
	_, err = fmt.Fprintf(p.Stdout, "%s\t%s\n", cmp.Or(login, "vendor"), token)
	return err
}

// IssueToken makes a token of a reseller, or of the vendor where the login is empty,
// that may do what an owner may: everything.
func (i *Instance) IssueToken(ctx context.Context, login, name, prefix string, expires licensing.Time) (string, error) {
	token, err := api.NewToken(rand.Reader, prefix)
	if err != nil {
		return "", err
	}
	scopes := service.ScopesOf(licensing.RoleOwner, login == "")
	return token, i.Service.IssueToken(ctx, login, name, api.HashToken(token), scopes, expires)
}

func parseCatalog(text []byte) (service.Catalog, error) {
	var catalog service.Catalog
	err := yaml.UnmarshalWithOptions(text, &catalog, yaml.Strict())
	return catalog, err
}
