package licensing

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func day(t require.TestingT, s string) Date {
	d, err := ParseDate(s)
	require.NoError(t, err)
	return d
}

// anyDate draws a date that a license could have.
func anyDate(t *rapid.T, label string) Date {
	return NewDate(2020, 1, 1).AddDays(rapid.IntRange(0, 30_000).Draw(t, label))
}

func TestToday(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, zone, now, want string }{
		{"UTC before midnight", "UTC", "2026-12-31T23:59:59Z", "2026-12-31"},
		{"UTC midnight", "UTC", "2027-01-01T00:00:00Z", "2027-01-01"},
		{"Tokyo is ahead: before its midnight", "Asia/Tokyo", "2026-12-31T14:59:59Z", "2026-12-31"},
		{"Tokyo is ahead: its midnight", "Asia/Tokyo", "2026-12-31T15:00:00Z", "2027-01-01"},
		{"Los Angeles in winter: before its midnight", "America/Los_Angeles", "2027-01-01T07:59:59Z", "2026-12-31"},
		{"Los Angeles in winter: its midnight", "America/Los_Angeles", "2027-01-01T08:00:00Z", "2027-01-01"},
		{"Los Angeles in summer: before its midnight", "America/Los_Angeles", "2026-07-01T06:59:59Z", "2026-06-30"},
		{"Los Angeles in summer: its midnight", "America/Los_Angeles", "2026-07-01T07:00:00Z", "2026-07-01"},
		{"the day clocks go forward begins at UTC-8", "America/Los_Angeles", "2026-03-08T08:00:00Z", "2026-03-08"},
		{"and ends at UTC-7", "America/Los_Angeles", "2026-03-09T06:59:59Z", "2026-03-08"},
		{"the day after", "America/Los_Angeles", "2026-03-09T07:00:00Z", "2026-03-09"},
		{"the day clocks go back ends at UTC-8", "America/Los_Angeles", "2026-11-02T07:59:59Z", "2026-11-01"},
		{"the day after that", "America/Los_Angeles", "2026-11-02T08:00:00Z", "2026-11-02"},
		{"a midnight that does not exist", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-04"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(tt.zone)
			require.NoError(t, err)
			now, err := time.Parse(time.RFC3339, tt.now)
			require.NoError(t, err)
			require.Equal(t, tt.want, Today(now, zone).String())
			require.Equal(t, tt.want, Today(now.In(zone), zone).String(), "the instant's own zone does not matter")
		})
	}
}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"1970-01-01", "2024-02-29", "2000-02-29", "9999-12-31"} {
		d, err := ParseDate(s)
		require.NoError(t, err, s)
		require.Equal(t, s, d.String())
	}
	for _, s := range []string{
		"", " ", "2026", "2026-1-1", "2026-13-01", "2026-00-01", "2026-02-29", "2100-02-29", "2026-04-31",
		"1969-12-31", "0001-01-01", "10000-01-01", "-2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01 ", "01.02.2026", "today",
	} {
		d, err := ParseDate(s)
		require.Error(t, err, s)
		require.True(t, d.IsZero(), s)
	}
}

func TestAddMonths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from   string
		months int
		anchor int
		want   string
	}{
		{"2026-01-31", 1, 31, "2026-02-28"},
		{"2028-01-31", 1, 31, "2028-02-29"},
		{"2026-02-28", 1, 31, "2026-03-31"},
		{"2026-02-28", 1, 28, "2026-03-28"},
		{"2026-02-28", 2, 30, "2026-04-30"},
		{"2026-12-31", 2, 31, "2027-02-28"},
		{"2026-12-15", 1, 15, "2027-01-15"},
		{"2026-11-30", 14, 30, "2028-01-30"},
		{"2026-03-31", -1, 31, "2026-02-28"},
		{"2026-01-15", -1, 15, "2025-12-15"},
		{"2026-02-28", 0, 31, "2026-02-28"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, day(t, tt.from).AddMonths(tt.months, tt.anchor).String(), "%s + %d", tt.from, tt.months)
	}
}

func TestAddYears(t *testing.T) {
	t.Parallel()
	tests := []struct {
		from  string
		years int
		want  string
	}{
		{"2024-02-29", 1, "2025-02-28"},
		{"2024-02-29", 4, "2028-02-29"},
		{"2096-02-29", 4, "2100-02-28"},
		{"2023-02-28", 1, "2024-02-28"},
		{"2026-12-31", 3, "2029-12-31"},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, day(t, tt.from).AddYears(tt.years).String())
	}
}

func TestDateArithmetic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, n := anyDate(t, "from"), rapid.IntRange(-20_000, 20_000).Draw(t, "days")
		e := d.AddDays(n)
		require.Equal(t, n, d.DaysUntil(e))
		require.Equal(t, -n, e.DaysUntil(d))
		require.Equal(t, n > 0, d.Before(e))
		require.Equal(t, n < 0, d.After(e))
		require.Equal(t, n == 0, d == e, "equal dates are equal values")
		require.Equal(t, d, e.AddDays(-n))
		require.Equal(t, d, NewDate(d.Year(), d.Month(), d.Day()))
	})
}

func TestDaysUntilAcrossCenturies(t *testing.T) {
	t.Parallel()
	require.Equal(t, 2_912_261, day(t, "2026-07-01").DaysUntil(day(t, "9999-12-31")))
	require.Equal(t, -2_932_896, day(t, "9999-12-31").DaysUntil(day(t, "1970-01-01")))
	require.Equal(t, 366, day(t, "2024-01-01").DaysUntil(day(t, "2025-01-01")))
}
