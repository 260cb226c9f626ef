package clock

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "view",
		Aliases: []string{"show"},
		Short:   "View the server's clock",
		Long:    "View what time it is for the server, and the vendor's date, by which licenses begin and end.",
		Example: "  $ resell clock view",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return viewRun(cmd.Context(), f) },
	}
	f.Results(cmd, api.Clock{})
	return cmd
}

func viewRun(ctx context.Context, f *command.Factory) error {
	clock, err := command.Call(ctx, f, api.ClockView, api.ClockViewInput{})
	if err != nil {
		return err
	}
	return f.Show(clock, columns)
}
