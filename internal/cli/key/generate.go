package key

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type generateOptions struct {
	*command.Factory
	command.WriteFlags
	api.KeyGenerateBody
}

func newCmdGenerate(f *command.Factory) *cobra.Command {
	o := &generateOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Generate activation keys",
		Long: `Generate activation keys: all of them, or none. A run that was cut off can be run again; it does not
generate twice. Up to 100 keys are printed; export the rest: resell export csv keys --license L.

The seats of a license's keys never exceed its quantity. In --name, {n} is the number of the key, and
{n:4} the number with leading zeros.`,
		Example: "  $ resell key generate --license 7GK2M9QX --name \"Room {n:3}\" --count 30\n" +
			"  $ resell key generate --license 7GK2M9QX --count 100000\n" +
			"  $ resell key generate --name \"Front desk\" --key FRNT-DESK-2026-0001",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.Count < 1 || o.Seats < 1 {
				return command.Usage("--count and --seats are at least 1")
			}
			return generateRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.License, "license", "l", "", "for this license: id or `coupon`")
	flags.IntVarP(&o.Count, "count", "n", 1, "`number` of keys")
	flags.StringVar(&o.Name, "name", "", "`name` of the keys")
	flags.Int64Var(&o.Seats, "seats", 1, "`number` of seats of each key")
	flags.StringVar(&o.Key, "key", "", "your own `code`, in the form XXXX-XXXX-XXXX-XXXX")
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.Key{})
	return cmd
}

func generateRun(ctx context.Context, o *generateOptions) error {
	made, err := command.Write(ctx, o.Factory, o.WriteFlags, api.KeyGenerate, api.KeyGenerateInput{Body: o.KeyGenerateBody})
	if err != nil {
		return err
	}
	if made.Count > len(made.Keys) {
		o.Note("%d keys made, %s to %s; the first %d:", made.Count, made.FirstID, made.LastID, len(made.Keys))
	}
	return o.ShowAll(made.Keys, columns)
}
