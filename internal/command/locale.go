package command

import (
	"cmp"

	"github.com/resell-cli/resell/internal/output"
)

// Money writes an amount of minor units for a person, as LC_ALL, LC_MONETARY or LANG
// have it: for questions and notes, never for data.
func (f *Factory) Money(minor int64, currency string) string {
	return f.locale().Money(minor, currency)
}

// Date writes a calendar date for a person, as LC_ALL, LC_TIME or LANG have it.
func (f *Factory) Date(day string) string { return f.locale().Date(day) }

func (f *Factory) locale() output.Locale {
	name := func(category string) string {
		return cmp.Or(f.Getenv("LC_ALL"), f.Getenv(category), f.Getenv("LANG"))
	}
	return output.NewLocale(name("LC_MONETARY"), name("LC_TIME"))
}
