package licensing

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// anyStock draws licenses as stock has them.
func anyStock(t *rapid.T) []License {
	today := NewDate(2026, 7, 15)
	stock := make([]License, rapid.IntRange(0, 8).Draw(t, "licenses"))
	for i := range stock {
		quantity := rapid.Int64Range(1, 20).Draw(t, "quantity")
		l := License{ID: fmt.Sprintf("lic_%02d", len(stock)-i), Quantity: quantity, KeySeats: rapid.Int64Range(0, quantity).Draw(t, "seats")}
		l.Devices = rapid.Int64Range(0, quantity).Draw(t, "devices")
		if rapid.Bool().Draw(t, "ends") {
			l.EndsOn = today.AddDays(rapid.IntRange(1, 3).Draw(t, "days left"))
		}
		if rapid.IntRange(0, 9).Draw(t, "bound") == 0 {
			l.Serials = []string{"SN"}
		}
		stock[i] = l
	}
	return stock
}

func TestTake(t *testing.T) {
	t.Parallel()
	soon, later := NewDate(2026, 8, 1), NewDate(2027, 8, 1)
	stock := []License{
		{ID: "lic_ever", Quantity: 5},
		{ID: "lic_later", Quantity: 5, EndsOn: later},
		{ID: "lic_soon2", Quantity: 5, EndsOn: soon},
		{ID: "lic_soon1", Quantity: 5, EndsOn: soon, KeySeats: 2, Devices: 1},
		{ID: "lic_given", Quantity: 5, EndsOn: soon, KeySeats: 5},
		{ID: "lic_bound", Quantity: 5, Serials: []string{"SN"}},
	}
	for quantity, want := range map[int64]string{
		1: "soon1:1", 2: "soon1:2", 3: "soon1:2 soon2:1", 7: "soon1:2 soon2:5", 8: "soon1:2 soon2:5 later:1",
		13: "soon1:2 soon2:5 later:5 ever:1", 100: "soon1:2 soon2:5 later:5 ever:5", 0: "", -3: "",
	} {
		var got []string
		for _, p := range Take(stock, quantity) {
			got = append(got, fmt.Sprintf("%s:%d", p.License.ID[len("lic_"):], p.Quantity))
		}
		require.Equal(t, want, strings.Join(got, " "), "%d", quantity)
	}
	require.Equal(t, "lic_ever", stock[0].ID, "what it is given stays as it is")
}

func TestTakeIsWholeAndInOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		stock := anyStock(t)
		quantity := rapid.Int64Range(0, 60).Draw(t, "wanted")
		pieces := Take(stock, quantity)
		var free, taken int64
		for _, l := range stock {
			free += l.Free()
		}
		for i, p := range pieces {
			taken += p.Quantity
			require.Positive(t, p.Quantity)
			require.LessOrEqual(t, p.Quantity, p.License.Free())
			if i < len(pieces)-1 {
				require.Equal(t, p.License.Free(), p.Quantity, "only of the last is something left")
			}
		}
		require.Equal(t, min(free, quantity), taken)
		require.True(t, slices.IsSortedFunc(pieces, func(a, b Piece) int { return compareEnds(a.License.EndsOn, b.License.EndsOn) }))
		// What ends earlier is not left while what ends later is taken.
		if len(pieces) > 0 {
			last := pieces[len(pieces)-1].License.EndsOn
			for _, l := range stock {
				if l.Free() > 0 && compareEnds(l.EndsOn, last) < 0 {
					require.True(t, slices.ContainsFunc(pieces, func(p Piece) bool { return p.License.ID == l.ID }), l.ID)
				}
			}
		}
	})
}

func TestSplit(t *testing.T) {
	t.Parallel()
	whole := Holding{
		License: License{ID: "lic_1", OrderID: "ord_1", Quantity: 10, KeySeats: 3, Devices: 2, Amount: 1000, EndsOn: NewDate(2027, 1, 1), InvoiceReference: "PO"},
		Lines: []OrderLine{
			{ID: "oli_1", Quantity: 10, UnitPrice: 100, Amount: 999, ListAmount: 2001},
			{ID: "oli_2", Quantity: 10, Amount: 1, ListAmount: 1},
		},
	}
	rest, piece := whole.Split(4)
	require.Equal(t, Holding{
		License: License{ID: "lic_1", OrderID: "ord_1", Quantity: 6, KeySeats: 3, Devices: 2, Amount: 601, EndsOn: NewDate(2027, 1, 1), InvoiceReference: "PO"},
		Lines: []OrderLine{
			{ID: "oli_1", Quantity: 6, UnitPrice: 100, Amount: 600, ListAmount: 1201},
			{ID: "oli_2", Quantity: 6, Amount: 1, ListAmount: 1},
		},
	}, rest)
	require.Equal(t, Holding{
		License: License{ID: "lic_1", OrderID: "ord_1", Quantity: 4, Amount: 399, EndsOn: NewDate(2027, 1, 1), InvoiceReference: "PO"},
		Lines: []OrderLine{
			{ID: "oli_1", Quantity: 4, UnitPrice: 100, Amount: 399, ListAmount: 800},
			{ID: "oli_2", Quantity: 4},
		},
	}, piece)

	// 5 were bought, and 5 more by an upgrade: each part is paid for by some of both.
	upgraded := Holding{License: License{Quantity: 10, Amount: 75}, Lines: []OrderLine{{ID: "oli_1", Quantity: 5, Amount: 50}, {ID: "oli_2", Quantity: 5, Amount: 25}}}
	rest, piece = upgraded.Split(1)
	require.Equal(t, []OrderLine{{ID: "oli_2", Quantity: 1, Amount: 5}}, piece.Lines)
	require.Equal(t, []OrderLine{{ID: "oli_1", Quantity: 5, Amount: 50}, {ID: "oli_2", Quantity: 4, Amount: 20}}, rest.Lines)
	rest, piece = upgraded.Split(9)
	require.Equal(t, []OrderLine{{ID: "oli_1", Quantity: 4, Amount: 40}, {ID: "oli_2", Quantity: 5, Amount: 25}}, piece.Lines)
	require.Equal(t, []OrderLine{{ID: "oli_1", Quantity: 1, Amount: 10}}, rest.Lines)
}

// However often a license is split, nothing of it is lost, and each part has paid what
// its lines say.
func TestSplittingLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		quantity := rapid.Int64Range(2, 50).Draw(t, "quantity")
		whole := Holding{License: License{ID: "lic_1", Quantity: quantity}}
		bought := rapid.Int64Range(1, quantity).Draw(t, "bought")
		quantities := []int64{bought}
		if bought < quantity {
			quantities = append(quantities, quantity-bought) // the upgrade
		}
		if rapid.Bool().Draw(t, "extended") {
			quantities = append(quantities, quantity)
		}
		for i, n := range quantities {
			line := OrderLine{ID: fmt.Sprint("oli_", i), Quantity: n, Amount: rapid.Int64Range(0, 1<<53).Draw(t, "amount"), ListAmount: rapid.Int64Range(0, 999).Draw(t, "list")}
			whole.Lines = append(whole.Lines, line)
			whole.License.Amount += line.Amount
		}
		parts, rest := []Holding{}, whole
		for rest.License.Quantity > 1 && rapid.Bool().Draw(t, "again") {
			var piece Holding
			rest, piece = rest.Split(rapid.Int64Range(1, rest.License.Quantity-1).Draw(t, "taken"))
			parts = append(parts, piece)
		}
		parts = append(parts, rest)

		var units, amount int64
		lines := map[string]OrderLine{}
		for _, p := range parts {
			require.Positive(t, p.License.Quantity)
			units += p.License.Quantity
			amount += p.License.Amount
			var paid int64
			for _, l := range p.Lines {
				require.Positive(t, l.Quantity)
				require.GreaterOrEqual(t, l.Amount, int64(0))
				require.GreaterOrEqual(t, l.ListAmount, int64(0))
				paid += l.Amount
				sum := lines[l.ID]
				sum.ID, sum.Quantity, sum.Amount, sum.ListAmount = l.ID, sum.Quantity+l.Quantity, sum.Amount+l.Amount, sum.ListAmount+l.ListAmount
				lines[l.ID] = sum
			}
			require.Equal(t, paid, p.License.Amount)
			require.NotEmpty(t, p.Lines)
		}
		require.Equal(t, whole.License.Quantity, units)
		require.Equal(t, whole.License.Amount, amount)
		for _, l := range whole.Lines {
			require.Equal(t, l, lines[l.ID])
		}
	})
}

func TestCheckAssign(t *testing.T) {
	t.Parallel()
	today, at := NewDate(2026, 7, 15), someTime()
	base := License{ID: "lic_1", Quantity: 10, EndsOn: today.AddDays(9), Term: "full:1"}
	for _, tt := range []struct {
		name     string
		change   func(*License)
		quantity int64
		code     Code
		says     string
	}{
		{"whole", func(*License) {}, 10, "", ""},
		{"part", func(*License) {}, 3, "", ""},
		{"too much", func(*License) {}, 11, CodeNotAssignable, "at most 10"},
		{"nothing", func(*License) {}, 0, CodeInvalidQuantity, "several"},
		{"less than nothing", func(*License) {}, -1, CodeInvalidQuantity, "several"},
		{"what is free", func(l *License) { l.KeySeats, l.Devices = 6, 1 }, 3, "", ""},
		{"more than is free", func(l *License) { l.KeySeats, l.Devices = 6, 1 }, 4, CodeNotAssignable, "at most 3"},
		{"nothing is free", func(l *License) { l.KeySeats = 10 }, 1, CodeNotAssignable, "whole, with its keys"},
		{"whole, with its keys", func(l *License) { l.KeySeats = 10 }, 10, "", ""},
		{"bound to serials", func(l *License) { l.Serials = []string{"SN"} }, 4, CodeNotAssignable, "whole"},
		{"whole, bound to serials", func(l *License) { l.Serials = []string{"SN"} }, 10, "", ""},
		{"assigned", func(l *License) { l.CompanyID, l.CompanyName = "com_1", "Acme" }, 1, CodeNotAssignable, "available"},
		{"active", func(l *License) { l.CompanyID, l.ActivatedAt = "com_1", at }, 1, CodeNotAssignable, "available"},
		{"paused", func(l *License) { l.PausedAt = at }, 1, CodeNotAssignable, "resume"},
		{"over", func(l *License) { l.EndsOn = today }, 1, CodeNotAssignable, "extend"},
		{"refunded", func(l *License) { l.RefundedAt = at }, 1, CodeNotAssignable, "another license"},
		{"deleted", func(l *License) { l.DeletedAt = at }, 1, CodeNotAssignable, "another license"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := base
			tt.change(&l)
			requireRefusal(t, tt.code, tt.says, l.CheckAssign(tt.quantity, today))
		})
	}
}
