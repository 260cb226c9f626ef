package output_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/output"
)

type deal struct {
	Number   string `json:"number"`
	Coupon   string `json:"coupon"`
	Company  string `json:"company"`
	Note     string `json:"note"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
	EndsOn   string `json:"ends_on"`
}

func deals(n int) []deal {
	rows := make([]deal, n)
	for i := range rows {
		rows[i] = deal{"ORD-2026-000001", "7GK2M9QX", "University of Applied Sciences", "for the laboratory", 10_000_000, "EUR", "2027-01-01"}
	}
	return rows
}

func dealColumns(note output.Column) []output.Column {
	return []output.Column{
		{Field: "number"},
		{Field: "coupon"},
		{Field: "company", Header: "COMPANY NAME"},
		note,
		{Field: "amount", Format: output.New(nil, output.Options{}).Money("currency"), Right: true},
		{Field: "ends_on", Header: "ENDS"},
	}
}

func TestLayout(t *testing.T) {
	t.Parallel()
	text, whole := output.Column{Field: "note"}, output.Column{Field: "note", Whole: true}
	tests := []struct {
		name  string
		width int
		note  output.Column
		want  []string
	}{
		{"100", 100, text, []string{
			"NUMBER           COUPON    COMPANY NAME               NOTE                        AMOUNT  ENDS",
			"ORD-2026-000001  7GK2M9QX  University of Applied Sc…  for the laboratory  100,000.00 EUR  2027-01-01",
		}},
		{"80", 80, text, []string{
			"NUMBER           COUPON    COMPANY NAME  NOTE                 AMOUNT  ENDS",
			"ORD-2026-000001  7GK2M9QX  University …  for the la…  100,000.00 EUR  2027-01-01",
		}},
		{"80 is not enough", 80, whole, []string{
			"Number: ORD-2026-000001", "Coupon: 7GK2M9QX", "Company name: University of Applied Sciences",
			"Note: for the laboratory", "Amount: 100,000.00 EUR", "Ends: 2027-01-01",
		}},
		{"40", 40, text, []string{
			"Number: ORD-2026-000001", "Coupon: 7GK2M9QX", "Company name: University of Applied Sciences",
			"Note: for the laboratory", "Amount: 100,000.00 EUR", "Ends: 2027-01-01",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := list(t, output.Options{Terminal: true, Width: tt.width}, deals(1), dealColumns(tt.note))
			require.Equal(t, strings.Join(tt.want, "\n")+"\n", got)
		})
	}
}

// What can be spared goes before text gets hard to read: the empty first, then the last.
func TestSpareColumns(t *testing.T) {
	t.Parallel()
	rows := deals(1)
	rows[0].Coupon = ""
	columns := func(note output.Column) []output.Column {
		return []output.Column{
			{Field: "number"},
			{Field: "coupon", Spare: true},
			{Field: "company"},
			note,
			{Field: "amount", Format: output.New(nil, output.Options{}).Money("currency"), Right: true, Spare: true},
			{Field: "ends_on", Header: "ENDS", Spare: true},
		}
	}
	for width, want := range map[int]string{
		120: "ORD-2026-000001          University of Applied Sciences  for the laboratory  100,000.00 EUR  2027-01-01",
		90:  "ORD-2026-000001  University of Applied Sc…  for the laboratory  100,000.00 EUR  2027-01-01",
		75:  "ORD-2026-000001  University of Applied…  for the laboratory  100,000.00 EUR",
		60:  "ORD-2026-000001  University of Applied …  for the laboratory",
		50:  "ORD-2026-000001  University of A…  for the labora…",
	} {
		got := list(t, output.Options{Terminal: true, Width: width}, rows, columns(output.Column{Field: "note"}))
		require.Equal(t, want, strings.Split(got, "\n")[1], width)
		for line := range strings.Lines(got) {
			require.LessOrEqual(t, len([]rune(line)), width+1)
		}
	}
	asked := output.Options{Terminal: true, Width: 60, Columns: []string{"number", "company", "ends_on", "amount"}}
	require.Contains(t, list(t, asked, rows, columns(output.Column{Field: "note"})), "2027-01-01  100,000.00 EUR")
	require.Equal(t, "number,coupon,company,note,amount,ends_on\n", strings.SplitAfter(
		list(t, output.Options{Format: output.CSV, Width: 60}, rows, columns(output.Column{Field: "note"})), "\n")[0])
	long := list(t, output.Options{Terminal: true, Width: 60}, deals(1500), columns(output.Column{Field: "note"}))
	require.Equal(t, "ORD-2026-000001  University of Applied …  for the laboratory\n", strings.SplitAfter(long, "\n")[1500])
}

func TestWrappedText(t *testing.T) {
	t.Parallel()
	columns := dealColumns(output.Column{Field: "note", Wrap: true})
	rows := deals(2)
	rows[0].Note = "for the laboratory, the library and the lecture-hall-of-the-observatory"
	rows[1].Company, rows[1].Note = "大学", ""
	got := list(t, output.Options{Terminal: true, Width: 90}, rows, columns)
	require.Equal(t, `NUMBER           COUPON    COMPANY NAME       NOTE                      AMOUNT  ENDS
ORD-2026-000001  7GK2M9QX  University of Ap…  for the           100,000.00 EUR  2027-01-01
                                              laboratory, the
                                              library and the
                                              lecture-hall-of-
                                              the-observatory
ORD-2026-000001  7GK2M9QX  大学                                 100,000.00 EUR  2027-01-01
`, got)
}

func TestLongValueGoesOnBelowItself(t *testing.T) {
	t.Parallel()
	one := deals(1)[0]
	one.Note = "for the laboratory, the library and the lecture hall"
	columns := []output.Column{{Field: "number"}, {Field: "note", Header: "Note"}}
	for width, want := range map[int]string{
		40: "Number: ORD-2026-000001\nNote:   for the laboratory, the library\n        and the lecture hall\n",
		20: "Number: ORD-2026-000001\nNote:   for the laboratory, the library and the lecture hall\n",
		0:  "Number: ORD-2026-000001\nNote:   for the laboratory, the library and the lecture hall\n",
	} {
		require.Equal(t, want, item(t, output.Options{Terminal: true, Width: width}, one, columns), width)
	}
	columns[1].Whole = true
	require.Contains(t, item(t, output.Options{Terminal: true, Width: 40}, one, columns), one.Note)
	one.Note = "https://licensing.example.com/activate/KE4TKBNEYVSDWZVV9001C7K564 or so"
	columns[1].Whole = false
	require.Contains(t, item(t, output.Options{Terminal: true, Width: 40}, one, columns), one.Note)
	require.Contains(t, item(t, output.Options{Terminal: true, Width: 40, Accessible: true}, one, columns), one.Note)
}

func TestRecordsThatDoNotFitAreApart(t *testing.T) {
	t.Parallel()
	one := list(t, output.Options{Terminal: true, Width: 40}, deals(1), dealColumns(output.Column{Field: "note"}))
	for _, n := range []int{2, 1500} {
		got := list(t, output.Options{Terminal: true, Width: 40}, deals(n), dealColumns(output.Column{Field: "note"}))
		require.Equal(t, strings.TrimSuffix(strings.Repeat(one+"\n", n), "\n"), got)
	}
}
