package output_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/output"
)

func TestTable(t *testing.T) {
	t.Parallel()
	off := false
	tests := []struct {
		name string
		o    output.Options
		want string
	}{
		{"terminal", output.Options{Terminal: true}, `COMPANY                     QUANTITY         PRICE  ENDS ON                  ID
Acme | <Sons> & Co  9007199254740993  1,234.50 EUR  2027-01-01 (in 41 days)  lic_1
日本商事                           2      -500 JPY                           lic_2
`},
		{"no header", output.Options{Terminal: true, Header: &off, Columns: []string{"id", "quantity"}}, `lic_1  9007199254740993
lic_2                 2
`},
		{"asked for in a pipe", output.Options{Format: output.Table, Columns: []string{"id", "currency", "tags", "meta"}}, `ID     CURRENCY  TAGS     META
lic_1  EUR       eu, vip
lic_2  JPY
`},
		{"narrow", output.Options{Terminal: true, Width: 75}, `COMPANY              QUANTITY         PRICE  ENDS ON                  ID
Acme | <So…  9007199254740993  1,234.50 EUR  2027-01-01 (in 41 days)  lic_1
日本商事                    2      -500 JPY                           lic_2
`},
		{
			"color",
			output.Options{Terminal: true, Color: true, Columns: []string{"id", "currency"}},
			"\x1b[1mID     CURRENCY\x1b[0m\nlic_1  EUR\nlic_2  JPY\n",
		},
		{"accessible", output.Options{Terminal: true, Accessible: true, Columns: []string{"id", "ends_on"}}, `Id: lic_1
Ends on: 2027-01-01 (in 41 days)

Id: lic_2
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, list(t, tt.o, licenses(), licenseColumns()))
		})
	}
}

func TestTableItem(t *testing.T) {
	t.Parallel()
	require.Equal(t, `Id:       lic_2
Company:  日本商事
Quantity: 2
Price:    -500 JPY
`, item(t, output.Options{Terminal: true, Width: 12}, licenses()[1], licenseColumns()))
	require.Equal(t, "Id: com_1\nName: Acme\n",
		item(t, output.Options{Terminal: true, Accessible: true}, &company{ID: "com_1", Name: "Acme"}, nil))
}

func TestTableLeavesDataColumnsOutUnlessAskedFor(t *testing.T) {
	t.Parallel()
	cols := []output.Column{{Field: "id"}, {Field: "currency", Data: true}}
	require.Equal(t, "ID\nlic_1\nlic_2\n", list(t, output.Options{Terminal: true}, licenses(), cols))
	require.Equal(t, "CURRENCY\nEUR\nJPY\n", list(t, output.Options{Terminal: true, Columns: []string{"currency"}}, licenses(), cols))
	require.Equal(t, "id,currency\nlic_1,EUR\nlic_2,JPY\n", list(t, output.Options{Format: output.CSV}, licenses(), cols))
}

func TestTableCellsCannotDriveTheTerminal(t *testing.T) {
	t.Parallel()
	rows := []company{{ID: "com_1", Name: "a\x1b]0;title\x07\u202eb\r\nc\td"}}
	want := "ID     NAME\ncom_1  a\\u001b]0;title\\u0007\\u202eb c d\n"
	for _, color := range []bool{false, true} {
		got := list(t, output.Options{Terminal: true, Color: color}, rows, nil)
		got = strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(got)
		require.Equal(t, want, got)
	}
}

// Every line fits, and the ids outlive the text.
func TestTableFitsWidth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(rt, "rows")
		rows := make([]company, n)
		for i := range rows {
			rows[i] = company{ID: fmt.Sprintf("com_%04d", i), Name: rapid.String().Draw(rt, "name")}
		}
		width := rapid.IntRange(18, 80).Draw(rt, "width")
		var buf bytes.Buffer
		err := output.New(&buf, output.Options{Terminal: true, Width: width}).List(rows, nil)
		require.NoError(rt, err)
		lines := strings.Split(strings.TrimSuffix(buf.String(), "\n"), "\n")
		require.Len(rt, lines, n+1)
		for i, line := range lines {
			require.LessOrEqual(rt, displaywidth.String(line), width, "%q", line)
			if i > 0 {
				require.True(rt, strings.HasPrefix(line, rows[i-1].ID), "%q", line)
			}
		}
	})
}

// The long way of drawing gives the lines the short way gives.
func TestLongTableLooksTheSame(t *testing.T) {
	t.Parallel()
	for _, width := range []int{0, 75} {
		for _, color := range []bool{false, true} {
			o := output.Options{Terminal: true, Width: width, Color: color}
			base := append(licenses(), license{ID: "lic_3", Tags: []string{" a", "👍é"}, EndsOn: "2026-11-21"})
			var rows []license
			for len(rows) < 1500 {
				rows = append(rows, base...)
			}
			long := strings.SplitAfter(list(t, o, rows, licenseColumns()), "\n")
			short := strings.SplitAfter(list(t, o, rows[:1000], licenseColumns()), "\n")
			require.Len(t, long, len(rows)+2)
			require.Equal(t, short[:1001], long[:1001])
		}
	}
}

func TestLongTableKeepsUnexpectedlyWideCells(t *testing.T) {
	t.Parallel()
	rows := make([]company, 5000)
	for i := range rows {
		rows[i] = company{ID: fmt.Sprintf("com_%d", i%10), Name: "x"}
	}
	rows[4999].Name = strings.Repeat("wide ", 10)
	require.Contains(t, list(t, output.Options{Terminal: true}, rows, nil), rows[4999].Name)
	narrow := list(t, output.Options{Terminal: true, Width: 20}, rows, nil)
	require.NotContains(t, narrow, rows[4999].Name)
	require.Contains(t, narrow, "com_9")
}

// A name that is read from right to left is set apart, whole or cut, and what follows it
// stands where it stands for any other name.
func TestTableIsolatesRightToLeft(t *testing.T) {
	t.Parallel()
	rows := []license{{ID: "lic_1", Company: &company{Name: "אוניברסיטת תל אביב"}, Quantity: 1}, {ID: "lic_2", Company: &company{Name: "Acme"}, Quantity: 23}}
	cols := []output.Column{{Field: "company.name", Header: "COMPANY"}, {Field: "quantity", Right: true}}
	require.Equal(t, "COMPANY             QUANTITY\n\u2068אוניברסיטת תל אביב\u2069         1\nAcme                      23\n",
		list(t, output.Options{Terminal: true}, rows, cols))
	require.Equal(t, "COMPANY   QUANTITY\n\u2068אוניברס…\u2069         1\nAcme            23\n",
		list(t, output.Options{Terminal: true, Width: 18}, rows, cols))
	require.Equal(t, "Company:  \u2068אוניברסיטת תל אביב\u2069\nQuantity: 1\n", item(t, output.Options{Terminal: true}, rows[0], cols))
	require.NotContains(t, list(t, output.Options{Format: output.CSV}, rows, cols), "\u2068")
	require.Equal(t, "Delete \u2068מכללת צפון\u2069 (3 × signage) for good?", output.Sentence("Delete מכללת צפון (3 × signage) for good?"))
}

// Characters made of several take the room that they are seen to take.
func TestTableAlignsJoinedCharacters(t *testing.T) {
	t.Parallel()
	rows := []company{{ID: "com_1", Name: "👨‍👩‍👧 Kita"}, {ID: "com_2", Name: "🇩🇪"}, {ID: "com_3", Name: "e\u0301cole"}, {ID: "com_4", Name: "日本商事"}}
	require.Equal(t, "NAME      ID\n👨‍👩‍👧 Kita   com_1\n🇩🇪        com_2\ne\u0301cole     com_3\n日本商事  com_4\n",
		list(t, output.Options{Terminal: true, Columns: []string{"name", "id"}}, rows, nil))
}
