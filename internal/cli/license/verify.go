package license

import (
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/licensefile"
	"github.com/resell-cli/resell/internal/output"
)

type verifyOptions struct {
	*command.Factory
	file      string
	publicKey string
	secret    string
}

// fileContent is what a license file says, in the words of a license of the API.
type fileContent struct {
	ID      string `json:"id"`
	Key     string `json:"key"`
	Name    string `json:"name"`
	Product struct {
		SKU  string `json:"sku"`
		Name string `json:"name"`
	} `json:"product"`
	Company struct {
		Name string `json:"name"`
	} `json:"company"`
	Quantity  int64    `json:"quantity"`
	Serials   []string `json:"serials"`
	StartsOn  *string  `json:"starts_on"`
	EndsOn    *string  `json:"ends_on"`
	IssuedAt  string   `json:"issued_at"`
	ExpiresAt *string  `json:"expires_at"`
}

func newCmdVerify(f *command.Factory) *cobra.Command {
	o := &verifyOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "verify <file>",
		Short: "Verify a license file, offline",
		Long: `Verify that a license file is genuine, unchanged and valid now, and show what it says. No network,
no login and no settings are needed: only the file, or - for standard input, and the vendor's public key.

An encrypted file is opened with its secret, the key or coupon of the license. With exit code 5 the
file is not to be relied on; the JSON error says why, as its code: license_file_malformed,
license_file_not_genuine, license_file_wrong_secret, license_file_not_yet_issued, license_file_expired,
license_not_started or license_ended.`,
		Example: "  $ resell license verify labs.lic --public-key vendor.pem\n" +
			"  $ resell license verify labs.lic --public-key e2eaff3fe9f83104d0ff701049a0d4c8f005bc5247b275f104fbdcc28f5a6135 --secret 7GK2M9QX\n" +
			"  $ cat labs.lic | resell license verify - --public-key vendor.pem --json id,ends_on,serials",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.file = args[0]
			return verifyRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.publicKey, "public-key", "", "the vendor's public `key`: 64 hexadecimal digits, or a file with them or with PEM")
	flags.StringVar(&o.secret, "secret", "", "`code` that opens an encrypted file")
	_ = cmd.MarkFlagRequired("public-key") // the flag exists
	f.Results(cmd, fileContent{})
	return cmd
}

func verifyRun(_ context.Context, o *verifyOptions) error {
	public, err := publicKey(o.publicKey)
	if err != nil {
		return err
	}
	file, err := o.read()
	if err != nil {
		return err
	}
	found, err := licensefile.Verify(file, public, o.secret, o.Now())
	if err != nil {
		return o.refusal(err)
	}
	if o.StdoutTerminal {
		o.Note("Genuine, unchanged, and valid now.")
	}
	return o.Show(contentOf(found), fileDetails)
}

// publicKey reads a key that is given as it is or by the name of a file.
func publicKey(given string) (ed25519.PublicKey, error) {
	key, wrong := licensefile.ParsePublicKey(given)
	if wrong == nil {
		return key, nil
	}
	if given == "" || strings.HasPrefix(given, "-----") {
		return nil, command.Usage("--public-key: %s", wrong)
	}
	file, err := os.Open(given)
	if err != nil { // what was given is not repeated: it may be the wrong one of two keys
		return nil, command.Usage("--public-key: no file that can be read, and %s", wrong)
	}
	defer func() { _ = file.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(file, 64<<10))
	if err != nil {
		return nil, command.Usage("--public-key: %s", err)
	}
	if key, err = licensefile.ParsePublicKey(string(text)); err != nil {
		return nil, command.Usage("--public-key %s: %s", given, err)
	}
	return key, nil
}

func (o *verifyOptions) read() ([]byte, error) {
	in, err := o.Open(o.file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }() // it was only read
	text, err := licensefile.Read(in)
	if _, refused := errors.AsType[*licensefile.Error](err); err != nil && !refused {
		return nil, command.Usage("%s", err)
	}
	return text, o.refusal(err)
}

// refusal says what is wrong with the file and what to do about it.
func (o *verifyOptions) refusal(err error) error {
	refused, ok := errors.AsType[*licensefile.Error](err)
	switch {
	case !ok:
		return err
	case refused.Reason == licensefile.SecretMissing:
		return command.Usage("%s: give --secret, the key or coupon of the license", refused.Detail)
	}
	var hint string
	switch refused.Reason {
	case licensefile.Malformed:
		hint = "copy the file again, whole and as it is, from the first line of dashes to the last"
	case licensefile.NotGenuine:
		hint = "do not rely on it; compare the public key with the vendor's, and have the file sent again"
	case licensefile.WrongSecret:
		hint = "give the key or coupon of the license as it is written there, with capitals and hyphens"
	case licensefile.NotYetIssued:
		hint = "set this machine's clock"
	case licensefile.Expired:
		hint = "ask for a new file; the license itself may go on"
	case licensefile.Ended:
		hint = "extend the license, then ask for a new file"
	}
	return &command.RefusedError{Code: string(refused.Reason), Message: refused.Detail, Hint: hint}
}

func contentOf(l licensefile.License) fileContent {
	c := fileContent{
		ID: l.ID, Key: l.Key, Name: l.Name, Quantity: l.Quantity, Serials: append([]string{}, l.Serials...),
		StartsOn: formatted(l.StartsOn, time.DateOnly), EndsOn: formatted(l.EndsOn, time.DateOnly),
		IssuedAt: l.Issued.UTC().Format(time.RFC3339), ExpiresAt: formatted(l.Expiry.UTC(), time.RFC3339),
	}
	c.Product.SKU, c.Product.Name, c.Company.Name = l.Product, l.ProductName, l.Company
	return c
}

func formatted(t time.Time, layout string) *string {
	if t.IsZero() {
		return nil
	}
	text := t.Format(layout)
	return &text
}

func fileDetails(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "key"},
		{Field: "name"},
		{Field: "product.sku", Header: "Product"},
		{Field: "product.name", Header: "Product name"},
		{Field: "company.name", Header: "Company"},
		{Field: "quantity"},
		{Field: "serials"},
		{Field: "starts_on"},
		{Field: "ends_on", Format: endOr(p)},
		{Field: "issued_at", Format: p.Day()},
		{Field: "expires_at", Format: p.Day()},
	}
}
