package license

import (
	"strings"

	"github.com/resell-cli/resell/internal/output"
)

// quoteColumns are those of a quote, and after them those of what it is for.
func quoteColumns(p *output.Printer) []output.Column {
	columns := []output.Column{
		{Field: "id"},
		{Field: "state"},
		{Field: "expires_at", Header: "Holds until"},
		{Field: "order_id"},
	}
	for _, c := range previewColumns(p) {
		if c.Header == "" {
			c.Header = strings.ReplaceAll(c.Field, "_", " ")
		}
		c.Field = "preview." + c.Field
		if format := c.Format; format != nil {
			c.Format = func(v any, row map[string]any) string {
				preview, _ := row["preview"].(map[string]any)
				return format(v, preview)
			}
		}
		columns = append(columns, c)
	}
	return columns
}
