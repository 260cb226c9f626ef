package export

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/api"
)

func aLicense(company string) api.License {
	ends := "2027-11-21"
	return api.License{
		ID: "lic_1", Coupon: "7GK2M9QX", State: "active", Term: "full:1", Quantity: 3, Product: api.ProductRef{Name: "Signage"}, StartsOn: "2026-11-21",
		EndsOn: &ends, UpdatedAt: "2026-11-21T12:00:00Z", Version: 4, Company: &api.CompanyRef{Name: company},
	}
}

// Whatever a company is called, another program reads that, from lines that are no
// longer than they may be.
func TestCalendarReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOf(rapid.RuneFrom([]rune(`a;,\n:"é😀 =`+"\n"))).Draw(t, "name")
		license := aLicense(name)
		license.Name = name
		text, err := newCalendar([]api.License{license})
		require.NoError(t, err)
		for line := range strings.SplitSeq(strings.TrimSuffix(string(text), "\r\n"), "\r\n") {
			require.LessOrEqual(t, len(line), foldAt)
			require.True(t, utf8.ValidString(line), "folded inside a character: %q", line)
			require.NotContains(t, line, "\n")
		}

		read, err := ical.NewDecoder(strings.NewReader(string(text))).Decode()
		require.NoError(t, err)
		require.Len(t, read.Events(), 1)
		event := read.Events()[0]
		title, err := event.Props.Text("SUMMARY")
		require.NoError(t, err)
		require.Equal(t, name+": 3 × Signage ends", title)
		words, err := event.Props.Text("DESCRIPTION")
		require.NoError(t, err)
		require.Contains(t, words, "Coupon 7GK2M9QX\n")
		require.Contains(t, words, name)
		id, err := event.Props.Text("UID")
		require.NoError(t, err)
		require.Equal(t, "lic_1", id)
		start, err := event.DateTimeStart(time.UTC)
		require.NoError(t, err)
		require.Equal(t, time.Date(2027, time.November, 21, 0, 0, 0, 0, time.UTC), start)
		end, err := event.DateTimeEnd(time.UTC)
		require.NoError(t, err)
		require.Equal(t, start.AddDate(0, 0, 1), end)
		stamp, err := event.Props.DateTime("DTSTAMP", time.UTC)
		require.NoError(t, err)
		require.Equal(t, time.Date(2026, time.November, 21, 12, 0, 0, 0, time.UTC), stamp)
	})
}

func TestCalendarLeavesControlCharactersOut(t *testing.T) {
	t.Parallel()
	text, err := newCalendar([]api.License{aLicense("A\x00\x1b[31m\r\nB\x7f\xff")})
	require.NoError(t, err)
	require.Contains(t, string(text), `SUMMARY:A[31m\nB`+"\uFFFD: 3")
}
