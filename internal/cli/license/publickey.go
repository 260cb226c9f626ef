package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type publicKeyOptions struct{ *command.Factory }

func newCmdPublicKey(f *command.Factory) *cobra.Command {
	o := &publicKeyOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "public-key",
		Short: "Print the key that verifies license files",
		Long: `Print the vendor's public key, with which license files are verified: 64 hexadecimal digits, as
resell license verify and SDKs take it. Build it into the program that is licensed: a key that comes with
a license file proves nothing.`,
		Example: "  $ resell license public-key\n" +
			"  $ resell license verify labs.lic --public-key e2eaff3fe9f83104d0ff701049a0d4c8f005bc5247b275f104fbdcc28f5a6135",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return publicKeyRun(cmd.Context(), o)
		},
	}
	f.Results(cmd, api.PublicKey{})
	return cmd
}

func publicKeyRun(ctx context.Context, o *publicKeyOptions) error {
	key, err := command.Call(ctx, o.Factory, api.PublicKeyView, api.PublicKeyViewInput{})
	if err != nil {
		return err
	}
	if !o.WantsJSON() && o.Output == "" {
		p, err := o.Printer()
		if err != nil {
			return err
		}
		return p.Text("%s", key.PublicKey)
	}
	return o.Show(key, func(*output.Printer) []output.Column {
		return []output.Column{{Field: "algorithm"}, {Field: "public_key"}}
	})
}
