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

func TestRecordsThatDoNotFitAreApart(t *testing.T) {
	t.Parallel()
	one := list(t, output.Options{Terminal: true, Width: 40}, deals(1), dealColumns(output.Column{Field: "note"}))
	for _, n := range []int{2, 1500} {
		got := list(t, output.Options{Terminal: true, Width: 40}, deals(n), dealColumns(output.Column{Field: "note"}))
		require.Equal(t, strings.TrimSuffix(strings.Repeat(one+"\n", n), "\n"), got)
	}
}
