// Package key has the commands about activation keys.
package key

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "key",
		Short: "Generate, assign, check and find activation keys",
		Long: `Generate, assign, check and find activation keys.

A key is a code, XXXX-XXXX-XXXX-XXXX, that people type into the software or a device. It unlocks one or more
licenses, and its seats are how many devices it activates on each.`,
		Example: "  $ resell key generate --license 7GK2M9QX --count 100",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdGenerate(f), newCmdAssign(f), newCmdCheck(f), newCmdList(f), newCmdView(f))
	}
	return cmd
}

func columns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "code"},
		{Field: "name"},
		{Field: "license_id", Data: true},
		{Field: "licenses", Format: products},
		{Field: "seats", Right: true},
		{Field: "devices", Right: true},
		{Field: "created_at", Format: p.Day(), Spare: true},
	}
}

func details(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "code"},
		{Field: "name"},
		{Field: "license_id", Data: true},
		{Field: "licenses", Format: licenses},
		{Field: "seats"},
		{Field: "devices"},
		{Field: "created_at", Format: p.Day()},
		{Field: "allowed_actions"},
	}
}

// products names what a key unlocks.
func products(v any, _ map[string]any) string {
	return joined(v, func(l map[string]any) string { return fmt.Sprint(l["product"]) })
}

// licenses tells of each license that a key unlocks.
func licenses(v any, _ map[string]any) string {
	return joined(v, func(l map[string]any) string {
		end := "never ends"
		if l["ends_on"] != nil {
			end = fmt.Sprintf("ends on %v", l["ends_on"])
		}
		return fmt.Sprintf("%v %v (%v, %s)", l["coupon"], l["product"], l["state"], end)
	})
}

func joined(v any, text func(map[string]any) string) string {
	rows, _ := v.([]any)
	texts := make([]string, 0, len(rows))
	for _, row := range rows {
		if license, ok := row.(map[string]any); ok {
			texts = append(texts, text(license))
		}
	}
	return strings.Join(texts, "; ")
}
