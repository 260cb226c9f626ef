package key

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type checkOptions struct {
	*command.Factory
	code string
}

func newCmdCheck(f *command.Factory) *cobra.Command {
	o := &checkOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "check <code>",
		Short: "Check a key or coupon that somebody reads out",
		Long: `Tell what a key or a coupon stands for, in any case, with or without hyphens.

The last character of a generated code follows from the others, so that a code which was mistyped is told
apart (code_mistyped, exit code 5) from one that nobody has (not_found, exit code 3). A key of your own
choice has no such character.`,
		Example: "  $ resell key check 0A1B-2C3D-4E5F-6G7H\n" +
			"  $ resell key check 7gk2m9qx --json kind,licenses",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.code = args[0]
			return checkRun(cmd.Context(), o)
		},
	}
	f.Results(cmd, api.Code{})
	return cmd
}

func checkRun(ctx context.Context, o *checkOptions) error {
	code, err := command.Call(ctx, o.Factory, api.KeyCheck, api.KeyCheckInput{Code: o.code})
	if err != nil {
		return err
	}
	return o.Show(code, codeDetails)
}

func codeDetails(*output.Printer) []output.Column {
	return []output.Column{
		{Field: "code"},
		{Field: "kind"},
		{Field: "check_character"},
		{Field: "id"},
		{Field: "name"},
		{Field: "licenses", Format: licenses},
		{Field: "allowed_actions"},
	}
}
