package licensing

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A license counts as in use, or as stock to be sold on, or as neither: never as both.
func TestActiveAndAvailable(t *testing.T) {
	t.Parallel()
	today := NewDate(2026, 7, 15)
	rapid.Check(t, func(t *rapid.T) {
		l := anyLicense(t, today)
		want := map[State][2]int64{StateActive: {10, 0}, StateAvailable: {0, 10}}[l.State(today)]
		require.Equal(t, want, [2]int64{l.Active(today), l.Available(today)})
	})
}

// Whoever may not delete a license is told what else stops it, and what returns money.
func TestDeleteNamesTheAlternative(t *testing.T) {
	t.Parallel()
	today := NewDate(2026, 7, 15)
	l := License{ID: "lic_1", OrderNumber: "ORD-2026-000007", Quantity: 1, CompanyID: "com_1", EndsOn: today.AddDays(1)}
	require.NoError(t, l.CheckDelete(today))
	require.NoError(t, l.CheckUnused(false))
	activated, inUse := l, l
	activated.ActivatedAt, inUse.Devices = someTime(), 1
	for _, err := range []error{activated.CheckDelete(today), inUse.CheckDelete(today), l.CheckUnused(true)} {
		var refusal *Error
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, CodeNotDeletable, refusal.Code)
		require.Contains(t, refusal.Hint, "pause it")
		require.Contains(t, refusal.Hint, "refund its order ORD-2026-000007")
	}
}
