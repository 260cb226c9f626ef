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
		{Field: "metric", Spare: true},
		{Field: "terms", Spare: true},
		{Field: "prices", Format: showPrices(p.Locale(), false), Wrap: true},
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
		{Field: "prices", Format: showPrices(p.Locale(), true)},
	}
}

// showPrices writes the unit prices on one line, with the contract of each where there are
// several, or always.
func showPrices(locale output.Locale, contracts bool) func(any, map[string]any) string {
	return func(v any, _ map[string]any) string {
		prices, _ := v.([]any)
		texts := make([]string, 0, len(prices))
		under := contracts || ofSeveral(prices)
		for _, p := range prices {
			price, _ := p.(map[string]any)
			amount, _ := price["amount"].(json.Number)
			minor, _ := amount.Int64() // the API sends whole numbers
			text := fmt.Sprintf("%s/%v", locale.Money(minor, fmt.Sprint(price["currency"])), price["interval"])
			if under {
				text += fmt.Sprintf(" (%v)", price["contract"])
			}
			texts = append(texts, text)
		}
		return strings.Join(texts, ", ")
	}
}

// ofSeveral reports whether prices are those of more than one contract.
func ofSeveral(prices []any) bool {
	of := map[any]bool{}
	for _, p := range prices {
		price, _ := p.(map[string]any)
		of[price["contract"]] = true
	}
	return len(of) > 1
}
