package output_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/output"
)

func TestParseMoney(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, currency string
		want           int64
	}{
		{"1500", "EUR", 150000},
		{"1500.5", "EUR", 150050},
		{"1,500.05", "EUR", 150005},
		{"12,345,678", "EUR", 1234567800},
		{"0.01", "EUR", 1},
		{"1500", "JPY", 1500},
		{"1.234", "KWD", 1234},
		{"92233720368547758.07", "EUR", 9223372036854775807},
	} {
		got, err := output.ParseMoney(c.text, c.currency)
		require.NoError(t, err, c.text)
		require.Equal(t, c.want, got, c.text)
	}
	for _, text := range []string{
		"", ".", "1.", ".5", "-1", "+1", "1.005", "1,50", "1500,00", "1,5000", ",500", "1,,500", "1 500", "1e3", "0x10", "1.5.0", "92233720368547758.08",
	} {
		_, err := output.ParseMoney(text, "EUR")
		require.Error(t, err, text)
	}
	_, err := output.ParseMoney("1500.5", "JPY")
	require.Error(t, err)
}
