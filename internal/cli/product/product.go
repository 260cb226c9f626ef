// Package product has the commands about products.
package product

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "product",
		Short:   "See what can be bought",
		Example: "  $ resell product list --contract K-2026-01",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdList(f), newCmdView(f))
	}
	return cmd
}

func columns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "sku"},
		{Field: "name"},
		{Field: "kind"},
		{Field: "metric"},
		{Field: "terms"},
		{Field: "prices", Format: showPrices(p.Locale()), Whole: true},
	}
}

func details(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "sku"},
		{Field: "name"},
		{Field: "kind"},
		{Field: "metric"},
		{Field: "family"},
		{Field: "edition"},
		{Field: "terms"},
		{Field: "calendar_proration"},
		{Field: "refund_days"},
		{Field: "prices", Format: showPrices(p.Locale())},
	}
}

// showPrices writes the unit prices on one line.
func showPrices(locale output.Locale) func(any, map[string]any) string {
	return func(v any, _ map[string]any) string {
		prices, _ := v.([]any)
		texts := make([]string, 0, len(prices))
		for _, p := range prices {
			price, _ := p.(map[string]any)
			amount, _ := price["amount"].(json.Number)
			minor, _ := amount.Int64() // the API sends whole numbers
			texts = append(texts, fmt.Sprintf("%s/%v (%v)", locale.Money(minor, fmt.Sprint(price["currency"])), price["interval"], price["contract"]))
		}
		return strings.Join(texts, ", ")
	}
}
