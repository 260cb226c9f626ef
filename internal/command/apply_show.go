package command

import (
	"strconv"
	"strings"
	"unicode"
)

// mostShown is how many rows a plan shows to be agreed to.
const mostShown = 50

// tell counts what a plan does.
func (p applyPlan) tell(f *Factory, a interface{ count(n int) string }) {
	if p.moved > 0 {
		f.Note("%s show something that is otherwise now, such as their state: that is not changed from here.", a.count(p.moved))
	}
	if len(p.changes) == 0 {
		f.Note("Nothing to change: %s in the file, and all as they are on the server.", a.count(p.unchanged))
		return
	}
	f.Note("%s to change, %d unchanged.", a.count(len(p.changes)), p.unchanged)
}

// show shows a plan field by field.
func (p applyPlan) show(f *Factory) {
	for i, change := range p.changes {
		if i == mostShown {
			f.Note("and %d more; --dry-run shows them all", len(p.changes)-mostShown)
			return
		}
		f.Note("%s", strings.TrimSpace(change.id+" "+shown(change.name)))
		for _, field := range change.fields {
			f.Note("  %s", field.Field)
			if field.From != "" {
				f.Note("    - %s", shown(field.From))
			}
			if field.To != "" {
				f.Note("    + %s", shown(field.To))
			}
		}
	}
}

// shown is text on one line.
func shown(text string) string {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return strconv.Quote(text)
	}
	return text
}
