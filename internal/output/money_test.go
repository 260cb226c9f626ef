package output_test

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/output"
)

func TestFormatMoney(t *testing.T) {
	t.Parallel()
	tests := []struct {
		minor    int64
		currency string
		want     string
	}{
		{123450, "EUR", "1,234.50 EUR"},
		{0, "USD", "0.00 USD"},
		{-5, "EUR", "-0.05 EUR"},
		{99, "XYZ", "0.99 XYZ"},
		{100000, "JPY", "100,000 JPY"},
		{999, "KRW", "999 KRW"},
		{1234567, "KWD", "1,234.567 KWD"},
		{1, "BHD", "0.001 BHD"},
		{12345, "CLF", "1.2345 CLF"},
		{100, "", "1.00"},
		{math.MinInt64, "EUR", "-92,233,720,368,547,758.08 EUR"},
		{math.MaxInt64, "EUR", "92,233,720,368,547,758.07 EUR"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, output.FormatMoney(tt.minor, tt.currency))
	}
}

func TestFormatMoneyLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		minor := rapid.Int64().Draw(rt, "minor")
		currency := rapid.SampledFrom([]string{"EUR", "JPY", "BHD", "CLF"}).Draw(rt, "currency")
		amount, code, _ := strings.Cut(output.FormatMoney(minor, currency), " ")
		require.Equal(rt, currency, code)
		back, err := strconv.ParseInt(strings.NewReplacer(",", "", ".", "").Replace(amount), 10, 64)
		require.NoError(rt, err)
		require.Equal(rt, minor, back)
	})
}

func TestMoney(t *testing.T) {
	t.Parallel()
	row := map[string]any{"price": map[string]any{"currency": "JPY"}}
	format := output.New(nil, output.Options{}).Money("price.currency")
	require.Equal(t, "5 JPY", format(json.Number("5"), row))
	require.Equal(t, "5 JPY", format(int64(5), row))
	require.Empty(t, format(nil, row))
	require.Equal(t, "0.05", output.New(nil, output.Options{}).Money("no.such")(json.Number("5"), row))
}

func TestDay(t *testing.T) {
	t.Parallel()
	auckland := time.FixedZone("NZDT", 13*60*60)
	tests := []struct {
		in   any
		now  time.Time
		want string
	}{
		{"2027-01-01", now(), "2027-01-01 (in 41 days)"},
		{"2026-11-21", now(), "2026-11-21 (today)"},
		{"2026-11-22", now(), "2026-11-22 (tomorrow)"},
		{"2026-11-22", now().In(auckland), "2026-11-22 (today)"},
		{"2026-11-20", now(), "2026-11-20 (yesterday)"},
		{"2026-11-01", now(), "2026-11-01 (20 days ago)"},
		{"9999-12-31", now(), "9999-12-31 (in 2912118 days)"},
		{"2026-11-21T09:00:00Z", now(), "3 hours ago"},
		{"2026-11-21T12:01:30.5Z", now(), "in 1 minute"},
		{"2026-11-23T12:00:00Z", now(), "2026-11-23 (in 2 days)"},
		{"2026-11-22T12:00:00Z", now(), "2026-11-22 (tomorrow)"},
		{"2026-11-21T12:00:30Z", now(), "just now"},
		{"2026-11-11T12:00:00+02:00", now(), "10 days ago"},
		{"2026-01-02T23:00:00Z", now().In(auckland), "2026-01-03"},
		{"2027-01-01", time.Time{}, "2027-01-01"},
		{"soon", now(), "soon"},
		{nil, now(), ""},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, output.Day(tt.now)(tt.in, nil), "%v", tt.in)
		require.Equal(t, tt.want, output.New(nil, output.Options{Now: tt.now}).Day()(tt.in, nil))
	}
}
