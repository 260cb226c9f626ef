package key

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdList(f *command.Factory) *cobra.Command {
	return command.NewList(f, "list", command.Listing[api.KeyListInput, api.KeyFilter, api.Key]{
		Text: command.Text{
			Short: "List activation keys",
			Long: "List activation keys, newest first. For very many, export them: resell export csv keys.\n\n" +
				"--search finds keys by the beginning of their code, with or without hyphens, or of their name.",
			Example: "  $ resell key list --license 7GK2M9QX --limit 20",
		},
		Op:      api.KeyList,
		Input:   func(filter api.KeyFilter) api.KeyListInput { return api.KeyListInput{KeyFilter: filter} },
		Columns: columns,
	})
}
