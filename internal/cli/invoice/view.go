package invoice

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdView(f *command.Factory) *cobra.Command {
	return command.NewView(f, command.View[api.InvoiceViewInput, api.Invoice]{
		Text: command.Text{
			Short:   "View an invoice",
			Long:    "View an invoice or credit note, sent or received, named by its id or number: who sells and buys, its lines and taxes, and where it stands.",
			Example: "  $ resell invoice view INV-2026-000001",
		},
		Op:      api.InvoiceView,
		Noun:    "invoice",
		Input:   func(ref string) api.InvoiceViewInput { return api.InvoiceViewInput{Invoice: ref} },
		Columns: details,
	})
}
