package output_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/output"
)

func TestLocale(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, money, date string }{
		{"", "-1,234,567.50 EUR", "2027-01-31"},
		{"C", "-1,234,567.50 EUR", "2027-01-31"},
		{"C.UTF-8", "-1,234,567.50 EUR", "2027-01-31"},
		{"POSIX", "-1,234,567.50 EUR", "2027-01-31"},
		{"not a locale", "-1,234,567.50 EUR", "2027-01-31"},
		{"en_US.UTF-8", "-1,234,567.50 EUR", "Jan 31, 2027"},
		{"en_GB.UTF-8", "-1,234,567.50 EUR", "31 Jan 2027"},
		{"en_IN", "-12,34,567.50 EUR", "31 Jan 2027"},
		{"de_DE.UTF-8@euro", "-1.234.567,50 EUR", "31.01.2027"},
		{"de_CH", "-1’234’567.50 EUR", "31.01.2027"},
		{"fr_FR.UTF-8", "-1\u00a0234\u00a0567,50 EUR", "31/01/2027"},
		{"nl_NL", "-1.234.567,50 EUR", "31-01-2027"},
		{"ja_JP.UTF-8", "-1,234,567.50 EUR", "2027/01/31"},
		{"ar_EG", "-1,234,567.50 EUR", "2027-01-31"},
	}
	for _, tt := range tests {
		l := output.NewLocale(tt.name, tt.name)
		require.Equal(t, tt.money, l.Money(-123456750, "EUR"), tt.name)
		require.Equal(t, tt.date, l.Date("2027-01-31"), tt.name)
		require.Equal(t, "until:2027-01-31", l.Date("until:2027-01-31"))
	}
	german := output.NewLocale("de_DE", "")
	require.Equal(t, "2027-01-31", german.Date("2027-01-31"))
	for minor, want := range map[int64]string{0: "0,00 EUR", 5: "0,05 EUR", 99999: "999,99 EUR", 100000: "1.000,00 EUR", math.MaxInt64: "92.233.720.368.547.758,07 EUR"} {
		require.Equal(t, want, german.Money(minor, "EUR"))
	}
	require.Equal(t, "1.234 JPY", german.Money(1234, "JPY"))
}

// Tables are in the words of a person, data is plain.
func TestLocaleIsForPeople(t *testing.T) {
	t.Parallel()
	german := output.NewLocale("de_DE.UTF-8", "de_DE.UTF-8")
	show := func(o output.Options) string {
		o.Locale, o.Now, o.Columns = german, now(), []string{"price", "ends_on"}
		p := output.New(nil, o)
		return item(t, o, licenses()[0], []output.Column{{Field: "price", Format: p.Money("currency")}, {Field: "ends_on"}})
	}
	require.Equal(t, "Price:   1.234,50 EUR\nEnds on: 01.01.2027 (in 41 days)\n", show(output.Options{Terminal: true}))
	require.Equal(t, "price,ends_on\n123450,2027-01-01\n", show(output.Options{Format: output.CSV}))
	require.Equal(t, "123450\t2027-01-01\n", show(output.Options{}))
}
