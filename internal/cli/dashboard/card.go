package dashboard

import (
	"fmt"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/output"
)

// bar is one line of a section, as long as its value among those of the others.
type bar struct {
	label string
	value int64
	text  string
}

// chart is a section of bars.
type chart struct {
	heading string
	bars    []bar
}

// most is what the longest bar stands for.
func (c chart) most() int64 {
	var most int64
	for _, b := range c.bars {
		most = max(most, b.value)
	}
	return most
}

// chartsOf are the sections of a dashboard that are drawn: one for each currency of the
// revenue.
func chartsOf(d api.Dashboard, locale output.Locale) []chart {
	expiring := chart{heading: "Expires within 90 days"}
	for _, w := range d.Expiring {
		expiring.bars = append(expiring.bars, bar{days(w), w.Licenses, licenses(w.Licenses, w.Quantity)})
	}
	charts := []chart{expiring}
	for i, m := range d.Revenue {
		if i == 0 || m.Currency != d.Revenue[i-1].Currency {
			charts = append(charts, chart{heading: "Ordered by month, in " + m.Currency})
		}
		last := &charts[len(charts)-1]
		last.bars = append(last.bars, bar{m.Month, m.Amount, ordered(m, locale)})
	}
	states := chart{heading: "Licenses by state"}
	for _, s := range d.Licenses {
		states.bars = append(states.bars, bar{s.State, s.Licenses, licenses(s.Licenses, s.Quantity)})
	}
	return append(charts, states)
}

func licenses(n, quantity int64) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprintf("%s, quantity %d", counted(n, "license"), quantity)
}

func ordered(m api.DashboardMonth, locale output.Locale) string {
	if m.Orders == 0 && m.Ordered == 0 {
		return "none"
	}
	text := locale.Money(m.Amount, m.Currency) + ", " + counted(m.Orders, "order")
	if m.Refunded > 0 {
		text += ", " + locale.Money(m.Refunded, m.Currency) + " refunded"
	}
	return text
}

func counted(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func balance(b api.DashboardBalance, locale output.Locale) string {
	text := locale.Money(b.Amount, b.Currency)
	if b.CreditLimit > 0 {
		text += ", and " + locale.Money(b.CreditLimit, b.Currency) + " of credit limit"
	}
	return text
}

// cardOf is a dashboard for a terminal.
func cardOf(p *output.Printer, d api.Dashboard) output.Card {
	card := output.Card{Title: d.Name + ", " + p.Locale().Date(d.Date)}
	balances := output.Section{Heading: "Balance"}
	for _, b := range d.Balances {
		balances.Lines = append(balances.Lines, balance(b, p.Locale()))
	}
	if len(d.Balances) > 0 {
		card.Sections = append(card.Sections, balances)
	}
	for _, c := range chartsOf(d, p.Locale()) {
		card.Sections = append(card.Sections, output.Section{Heading: c.heading, Lines: linesOf(p, c)})
	}
	return card
}

func linesOf(p *output.Printer, c chart) []string {
	width := 0
	for _, b := range c.bars {
		width = max(width, len(b.label))
	}
	lines := make([]string, len(c.bars))
	for i, b := range c.bars {
		text := b.text
		if b.value > 0 { // an empty bar is drawn for nothing
			text = p.Share(b.value, c.most(), b.text)
		}
		lines[i] = fmt.Sprintf("%-*s  %s", width, b.label, text)
	}
	return lines
}
