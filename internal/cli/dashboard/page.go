package dashboard

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/output"
)

//go:embed page.gohtml
var pageTemplate string

// page is what the template is filled with.
type page struct {
	Name, Date string
	Balances   []string
	Charts     []pageChart
}

type pageChart struct {
	Heading string
	Rows    []pageRow
}

type pageRow struct {
	Label, Text string
	Percent     int64 // of the longest bar
}

// writePage writes a dashboard as one page that needs nothing else: no script, no image,
// no style sheet of its own. Its bars say nothing that its tables do not.
func writePage(w io.Writer, d api.Dashboard) error {
	parsed, err := template.New("dashboard").Parse(pageTemplate)
	if err != nil {
		return fmt.Errorf("parse the dashboard's template: %w", err)
	}
	filled := page{Name: d.Name, Date: d.Date}
	for _, b := range d.Balances {
		filled.Balances = append(filled.Balances, balance(b, output.Locale{}))
	}
	for _, c := range chartsOf(d, output.Locale{}) {
		drawn := pageChart{Heading: c.heading}
		for _, b := range c.bars {
			drawn.Rows = append(drawn.Rows, pageRow{b.label, b.text, max(0, b.value) * 100 / max(1, c.most())})
		}
		filled.Charts = append(filled.Charts, drawn)
	}
	if err := parsed.Execute(w, filled); err != nil {
		return fmt.Errorf("write the dashboard: %w", err)
	}
	return nil
}
