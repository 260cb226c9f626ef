// Package clock has the commands about the clock of a development server.
package clock

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "clock",
		Short: "See the server's clock, or move that of a sandbox",
		Example: "  $ resell clock view\n" +
			"  $ resell sandbox -- resell clock advance 30d",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdView(f), newCmdAdvance(f))
	}
	return cmd
}

func columns(*output.Printer) []output.Column {
	return []output.Column{{Field: "now"}, {Field: "today"}, {Field: "time_zone"}, {Field: "movable"}}
}

func advancedColumns(p *output.Printer) []output.Column {
	return append(columns(p), output.Column{Field: "renewed"}, output.Column{Field: "not_renewed"})
}
