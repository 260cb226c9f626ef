package invoice

import (
	"reflect"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

func languages() []language {
	return []language{english(), german(), spanish(), french(), dutch()}
}

func TestLanguagesAreComplete(t *testing.T) {
	t.Parallel()

	verb := regexp.MustCompile(`%[a-z]`)
	want := reflect.ValueOf(english())
	for _, l := range languages() {
		require.Equal(t, l.Code, speak(l.Code).Code)
		got := reflect.ValueOf(l)
		for i := range got.NumField() {
			name := got.Type().Field(i).Name
			require.NotEmpty(t, got.Field(i).String(), "%s: %s", l.Code, name)
			require.Equal(t, verb.FindAllString(want.Field(i).String(), -1), verb.FindAllString(got.Field(i).String(), -1), "%s: %s", l.Code, name)
		}
	}
}

func TestSpeak(t *testing.T) {
	t.Parallel()

	for tag, want := range map[string]string{
		"de": "de", "DE": "de", "de-AT": "de", "de_CH": "de", "fr-CA": "fr", "nl": "nl", "es-419": "es",
		"en-GB": "en", "": "en", "ja": "en", "deu": "en",
	} {
		require.Equal(t, want, speak(tag).Code, tag)
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()

	en, de, fr := english(), german(), french()
	tests := map[string]string{
		"0.00\u00a0EUR":                      en.money(0, "EUR"),
		"-0.05\u00a0EUR":                     en.money(-5, "EUR"),
		"999.99\u00a0EUR":                    en.money(99999, "EUR"),
		"1,000.00\u00a0USD":                  en.money(100000, "USD"),
		"-1,234,567.89\u00a0EUR":             en.money(-123456789, "EUR"),
		"-123.00\u00a0EUR":                   en.money(-12300, "EUR"),
		"92,233,720,368,547,758.07\u00a0EUR": en.money(1<<63-1, "EUR"),
		"-92,233,720,368,547,758.08":         en.amount(-1<<63, "EUR"),
		"123,456\u00a0JPY":                   en.money(123456, "JPY"),
		"1,234.567\u00a0KWD":                 en.money(1234567, "KWD"),
		"1.234,50\u00a0EUR":                  de.money(123450, "EUR"),
		"1\u00a0234,50\u00a0EUR":             fr.money(123450, "EUR"),
		"1,000,000":                          en.count(1_000_000),
		"19%":                                en.percent(1900),
		"5.5%":                               en.percent(550),
		"8,25\u00a0%":                        de.percent(825),
		"0%":                                 en.percent(0),
		"21 Nov 2026":                        en.date(licensing.NewDate(2026, 11, 21)),
		"01.02.2026":                         de.date(licensing.NewDate(2026, 2, 1)),
		"01/02/2026":                         fr.date(licensing.NewDate(2026, 2, 1)),
	}
	for want, got := range tests {
		require.Equal(t, want, got)
	}
}

func TestSheetSaysWhatIsToBeDone(t *testing.T) {
	t.Parallel()

	d := sample()
	require.Equal(t, "Please pay 16,332.74\u00a0EUR by 21 Dec 2026, quoting INV-2026-000042.", newSheet(d).Closing)

	d.PaidOn = licensing.NewDate(2026, 11, 30)
	s := newSheet(d)
	require.Equal(t, "Paid on 30 Nov 2026. Thank you.", s.Closing)
	require.Contains(t, s.Facts, fact{Label: "Paid on", Value: "30 Nov 2026", Date: "2026-11-30"})
	require.NotContains(t, s.Facts, fact{Label: "Due date", Value: "21 Dec 2026", Date: "2026-12-21"})

	credit := creditNote()
	credit.DueOn = d.DueOn
	require.Empty(t, newSheet(credit).Closing, "nobody pays a credit note")
	d = sample()
	d.DueOn = licensing.Date{}
	require.Empty(t, newSheet(d).Closing)
}

func TestSheetWithoutTax(t *testing.T) {
	t.Parallel()

	d := sample()
	require.Equal(t, []fact{
		{Label: "Net amount", Value: "13,724.99\u00a0EUR"}, {Label: "VAT 19%", Value: "2,607.75\u00a0EUR"},
	}, newSheet(d).Sums)
	d.TaxRate, d.Tax, d.Total = 0, 0, d.Net
	require.Empty(t, newSheet(d).Sums)
}

func TestCountry(t *testing.T) {
	t.Parallel()

	en, de := english(), german()
	for got, want := range map[string]string{
		en.country("DE"): "Germany", de.country("DE"): "Deutschland", de.country("at"): "Österreich",
		en.country("XQ"): "XQ", en.country("ZZ"): "ZZ", en.country("??"): "??", en.country(""): "", en.country("Utopia"): "Utopia",
	} {
		require.Equal(t, want, got)
	}
	for _, l := range languages() {
		require.NotEqual(t, "PL", l.country("PL"), l.Code)
	}
}
