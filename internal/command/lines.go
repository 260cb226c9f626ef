package command

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/resell-cli/resell/internal/output"
)

// Lines writes the lines of an order or invoice in words, what each costs included: a
// column format.
func Lines(p *output.Printer) func(v any, row map[string]any) string {
	return func(v any, row map[string]any) string {
		lines, _ := v.([]any)
		texts := make([]string, 0, len(lines))
		for _, l := range lines {
			line, _ := l.(map[string]any)
			texts = append(texts, lineText(p.Locale(), line, fmt.Sprint(row["currency"])))
		}
		return strings.Join(texts, "; ")
	}
}

func lineText(locale output.Locale, line map[string]any, currency string) string {
	text := fmt.Sprintf("%v × %v", line["quantity"], line["description"])
	if _, billed := line["interval"]; billed { // the text of an order's line has its time
		text += ", " + period(locale, line) + ", at " + UnitPrice(locale, line, currency)
	}
	if fmt.Sprint(line["amount"]) != "0" {
		text += ", " + Minor(locale, line["amount"], currency)
	}
	if license := line["license_id"]; license != "" { // there is none before it is paid
		text += fmt.Sprintf(" (%v)", license)
	}
	return text
}

// period is the time that a line of an invoice is for.
func period(locale output.Locale, line map[string]any) string {
	text := "from " + locale.Date(fmt.Sprint(line["starts_on"]))
	if line["ends_on"] != nil {
		text += " to before " + locale.Date(fmt.Sprint(line["ends_on"]))
	}
	return text
}

// UnitPrice is what one of a line of an invoice costs, and for how long.
func UnitPrice(locale output.Locale, line map[string]any, currency string) string {
	text := Minor(locale, line["unit_price"], currency)
	switch interval := line["interval"]; interval {
	case "", nil, "once":
		return text
	default:
		return fmt.Sprintf("%s/%v", text, interval)
	}
}

// Minor writes an amount of minor units that was read from a record.
func Minor(locale output.Locale, v any, currency string) string {
	number, _ := v.(json.Number)
	amount, err := number.Int64()
	if err != nil {
		return fmt.Sprint(v)
	}
	return locale.Money(amount, currency)
}
