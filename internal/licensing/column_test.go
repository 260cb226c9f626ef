package licensing

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// column stores a value and reads it back, as text and as bytes: drivers give both.
func column[T driver.Valuer](t require.TestingT, in T, scan func(*T) sql.Scanner) T {
	v, err := in.Value()
	require.NoError(t, err)
	var out, fromBytes T
	require.NoError(t, scan(&out).Scan(v))
	if s, ok := v.(string); ok {
		require.NoError(t, scan(&fromBytes).Scan([]byte(s)))
		require.Equal(t, out, fromBytes)
	}
	return out
}

func TestColumnRoundTrips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t, "date")
		require.Equal(t, d, column(t, d, func(d *Date) sql.Scanner { return d }))

		at := At(time.Unix(rapid.Int64Range(0, 253_402_300_799).Draw(t, "unix"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")))
		require.Equal(t, at, column(t, at, func(at *Time) sql.Scanner { return at }))

		ref := Ref(rapid.String().Draw(t, "ref"))
		require.Equal(t, ref, column(t, ref, func(r *Ref) sql.Scanner { return r }))

		list := List(rapid.SliceOf(rapid.StringMatching(`[a-z:_]+`)).Draw(t, "list"))
		back := column(t, list, func(l *List) sql.Scanner { return l })
		require.Len(t, back, len(list))
		for i, word := range list {
			require.Equal(t, word, back[i])
			require.True(t, back.Has(word))
		}
		require.False(t, back.Has(""))
	})
}

func TestNothingIsNull(t *testing.T) {
	t.Parallel()
	for _, v := range []driver.Valuer{Date{}, Time{}, Ref("")} {
		got, err := v.Value()
		require.NoError(t, err)
		require.Nil(t, got, "%T", v)
	}
	got, err := List(nil).Value()
	require.NoError(t, err)
	require.Equal(t, driver.Value(""), got)

	d, at, ref, list := NewDate(2026, 7, 1), someTime(), Ref("com_1"), List{"full"}
	for _, s := range []sql.Scanner{&d, &at, &ref, &list} {
		require.NoError(t, s.Scan(nil))
	}
	require.True(t, d.IsZero())
	require.True(t, at.IsZero())
	require.Empty(t, ref)
	require.Empty(t, list)
	require.Empty(t, d.String()+at.String())
}

func TestScanRefuses(t *testing.T) {
	t.Parallel()
	for _, v := range []any{1, int64(1), 1.5, true, time.Now()} {
		for _, s := range []sql.Scanner{new(Date), new(Time), new(Ref), new(List)} {
			require.Error(t, s.Scan(v), "%T from %T", s, v)
		}
	}
	require.Error(t, new(Date).Scan("2026-02-30"))
	require.Error(t, new(Time).Scan("2026-07-01"))
}

func TestTimeIsWholeSecondsUTC(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("UTC+9", 9*60*60)
	require.Equal(t, "2026-06-30T15:00:00Z", At(time.Date(2026, 7, 1, 0, 0, 0, 999_999_999, zone)).String())
	rapid.Check(t, func(t *rapid.T) {
		second := rapid.Int64Range(0, 253_402_300_799)
		a, b := At(time.Unix(second.Draw(t, "a"), 0)), At(time.Unix(second.Draw(t, "b"), 0))
		require.Equal(t, a.Compare(b.Time), strings.Compare(a.String(), b.String()), "text order is time order")
	})
}

func TestDateInJSON(t *testing.T) {
	t.Parallel()
	type row struct {
		EndsOn Date `json:"ends_on"`
	}
	for in, want := range map[string]Date{`{"ends_on":"2028-02-29"}`: NewDate(2028, 2, 29), `{"ends_on":""}`: {}} {
		var got row
		require.NoError(t, json.Unmarshal([]byte(in), &got))
		require.Equal(t, want, got.EndsOn)
		out, err := json.Marshal(got)
		require.NoError(t, err)
		require.JSONEq(t, in, string(out))
	}
	require.Error(t, json.Unmarshal([]byte(`{"ends_on":"2026-02-29"}`), new(row)))
}
