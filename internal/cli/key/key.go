// Package key has the commands about activation keys.
package key

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "key",
		Short:   "Generate and find activation keys",
		Example: "  $ resell key generate --license 7GK2M9QX --count 100",
	}
	cmd.AddCommand(newCmdGenerate(f, nil), newCmdList(f), newCmdView(f))
	return cmd
}

func columns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "code"},
		{Field: "name"},
		{Field: "license_id", Data: true},
		{Field: "seats", Right: true},
		{Field: "created_at", Format: p.Day()},
	}
}

func details(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "code"},
		{Field: "name"},
		{Field: "license_id"},
		{Field: "seats"},
		{Field: "created_at", Format: p.Day()},
	}
}
