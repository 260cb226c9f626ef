// Package reseller has the commands about sub-resellers.
package reseller

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "reseller",
		Short: "Make sub-resellers, and give them credits to sell",
		Long: `Make sub-resellers, and give them credits to sell. A sub-reseller has customers and licenses of its
own, which you may look at and not change. It buys with the credits that you give it from your own, or
under a contract that the vendor has made with it.`,
		Example: "  $ resell reseller create --login north --name \"North Resale\" --email office@north.example --product signage\n" +
			"  $ resell reseller grant north --product signage --quantity 20",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdCreate(f), newCmdList(f), newCmdView(f), newCmdEdit(f), newCmdGrant(f),
			newCmdInvite(f), newCmdDeposit(f))
	}
	return cmd
}

func columns(*output.Printer) []output.Column {
	return []output.Column{
		{Field: "id", Spare: true},
		{Field: "login", Whole: true},
		{Field: "name"},
		{Field: "email", Spare: true},
		{Field: "parent.login", Header: "PARENT", Spare: true},
		{Field: "state"},
		{Field: "products", Spare: true},
		{Field: "credits", Format: creditList},
	}
}

func details(p *output.Printer) []output.Column {
	return append(columns(p), []output.Column{
		{Field: "address"},
		{Field: "postal_code"},
		{Field: "city"},
		{Field: "country"},
		{Field: "vat_id"},
		{Field: "tax_rate", Format: percent},
		{Field: "language"},
		{Field: "note"},
		{Field: "version"},
		{Field: "created_at"},
		{Field: "updated_at"},
	}...)
}

// creditList writes the credits of each product on one line.
func creditList(v any, _ map[string]any) string {
	rows, _ := v.([]any)
	texts := make([]string, 0, len(rows))
	for _, row := range rows {
		if credits, ok := row.(map[string]any); ok {
			texts = append(texts, fmt.Sprintf("%v %v", credits["amount"], credits["product"]))
		}
	}
	return strings.Join(texts, ", ")
}

// percent writes hundredths of a percent: 1950 is 19.50 %.
func percent(v any, _ map[string]any) string {
	return strings.TrimSpace(output.FormatMoney(hundredths(v), "")) + " %"
}

func hundredths(v any) int64 {
	var n int64
	if _, err := fmt.Sscan(fmt.Sprint(v), &n); err != nil {
		return 0
	}
	return n
}

// fieldFlags are the details of a reseller as flags.
type fieldFlags struct {
	api.ResellerFields
	taxRate string
}

// bind adds the flags; unsaid is what becomes of the products where none is given.
func (o *fieldFlags) bind(cmd *cobra.Command, unsaid string) {
	text := func(to **string, name, usage string) { command.TextFlag(cmd, to, name, usage) }
	text(&o.Name, "name", "`name` of the reseller")
	text(&o.Email, "email", "e-mail `address`")
	text(&o.Address, "address", "street `address`, as on invoices")
	text(&o.PostalCode, "postal-code", "postal `code`")
	text(&o.City, "city", "`city`")
	text(&o.Country, "country", "two-letter `code`, such as DE")
	text(&o.VATID, "vat-id", "VAT identification `number`")
	text(&o.Language, "language", "`language` of what is sent to it, such as de")
	text(&o.Note, "note", "`text` for yourself, which the reseller does not see")
	cmd.Flags().StringVar(&o.taxRate, "tax-rate", "", "tax on its invoices to companies, in `percent` such as 21 or 19.5")
	cmd.Flags().StringSliceP("product", "p", nil, "id or `SKU` of a product that it may sell, among those that you may; "+unsaid+"; may be repeated")
}

// read takes what cannot be bound.
func (o *fieldFlags) read(cmd *cobra.Command) error {
	if o.taxRate != "" {
		rate, err := output.ParseDecimal(strings.TrimSuffix(o.taxRate, "%"), 2)
		if err != nil {
			return command.Usage("--tax-rate: %s", err)
		}
		o.TaxRate = &rate
	}
	if cmd.Flags().Changed("product") {
		products, err := cmd.Flags().GetStringSlice("product")
		if err != nil {
			return err
		}
		o.Products = &products
	}
	return nil
}
