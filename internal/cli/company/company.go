// Package company has the commands about end customers.
package company

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "company",
		Short: "Create, find and edit customers",
		Example: "  $ resell company list --search lyceum\n" +
			"  $ resell company import --file schools.csv",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdCreate(f), newCmdList(f), newCmdView(f), newCmdEdit(f), newCmdApply(f), newCmdImport(f), newCmdTemplate(f), newCmdLocation(f))
	}
	return cmd
}

func columns(*output.Printer) []output.Column {
	return []output.Column{
		{Field: "id", Spare: true}, // the domain names a company as well
		{Field: "name"},
		{Field: "domain", Whole: true},
		{Field: "email", Spare: true},
		{Field: "country"},
	}
}

func details(p *output.Printer) []output.Column {
	return append(columns(p), []output.Column{
		{Field: "alternate_name"},
		{Field: "phone"},
		{Field: "address"},
		{Field: "postal_code"},
		{Field: "city"},
		{Field: "vat_id"},
		{Field: "note"},
		{Field: "reseller"},
		{Field: "language"},
		{Field: "setup_assistant"},
		{Field: "created_at"},
		{Field: "updated_at"},
	}...)
}

// fieldFlags are the details of a company as flags.
type fieldFlags struct{ api.CompanyFields }

func (o *fieldFlags) bind(cmd *cobra.Command) {
	text := func(to **string, name, usage string) { command.TextFlag(cmd, to, name, usage) }
	text(&o.AlternateName, "alternate-name", "another `name` it goes by")
	text(&o.Domain, "domain", "`domain`, unique among your companies")
	text(&o.Email, "email", "`address` for invoices")
	text(&o.Phone, "phone", "phone `number`")
	text(&o.Country, "country", "two-letter `code`, such as DE")
	text(&o.Address, "address", "street `address`")
	text(&o.PostalCode, "postal-code", "postal `code`")
	text(&o.City, "city", "`city`")
	text(&o.VATID, "vat-id", "VAT identification `number`")
	text(&o.Note, "note", "`text` for yourself")
	text(&o.Language, "language", "`language` of what is sent to it, such as de")
	cmd.Flags().Bool("setup-assistant", false, "the setup assistant must be completed before the environment can be used")
}

// read takes what cannot be bound.
func (o *fieldFlags) read(cmd *cobra.Command) {
	if flag := cmd.Flags().Lookup("setup-assistant"); flag.Changed {
		on := flag.Value.String() == "true"
		o.SetupAssistant = &on
	}
}
