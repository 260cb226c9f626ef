package licensing

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestCheckRefund(t *testing.T) {
	t.Parallel()
	bought := NewDate(2026, 11, 21)
	fresh := Refund{BoughtOn: bought, Days: 14}
	for _, tt := range []struct {
		name   string
		state  OrderState
		refund Refund
		today  Date
		code   Code
		says   string
	}{
		{"on the day itself", OrderProcessed, fresh, bought, "", ""},
		{"on the last day", OrderProcessed, fresh, NewDate(2026, 12, 5), "", ""},
		{"a day late", OrderProcessed, fresh, NewDate(2026, 12, 6), CodeRefundWindowOver, "until 2026-12-05"},
		{"a product without refunds", OrderProcessed, Refund{BoughtOn: bought}, bought, CodeOrderNotRefundable, "cannot be refunded"},
		{"extended since", OrderProcessed, Refund{bought, 14, "ORD-2"}, bought, CodeOrderNotRefundable, "ORD-2"},
		{"extended since, and late", OrderProcessed, Refund{bought, 14, "ORD-2"}, NewDate(2027, 1, 1), CodeRefundWindowOver, "until"},
		{"refunded", OrderRefunded, fresh, bought, CodeOrderNotRefundable, "was refunded"},
		{"not paid yet", OrderPending, fresh, bought, CodeOrderNotRefundable, "waits"},
		{"never paid", OrderCancelled, fresh, bought, CodeOrderNotRefundable, "cancelled"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := Order{Number: "ORD-1", State: tt.state}.CheckRefund(tt.refund, tt.today)
			if tt.code == "" {
				require.NoError(t, err)
				return
			}
			require.Equal(t, tt.code, CodeOf(err))
			require.ErrorContains(t, err, tt.says)
		})
	}
}

func TestActionsOfOrders(t *testing.T) {
	t.Parallel()
	bought := NewDate(2026, 11, 21)
	refund := Refund{BoughtOn: bought, Days: 14}
	for state, want := range map[OrderState][]Action{
		OrderPending: {ActionPay, ActionCancel}, OrderProcessed: {ActionResend, ActionRefund}, OrderRefunded: {}, OrderCancelled: {},
	} {
		require.Equal(t, want, Order{State: state}.AllowedActions(refund, bought), state)
	}
	require.Equal(t, []Action{ActionResend}, Order{State: OrderProcessed}.AllowedActions(refund, bought.AddDays(15)))

	rapid.Check(t, func(t *rapid.T) {
		o := Order{State: rapid.SampledFrom([]OrderState{OrderPending, OrderProcessed, OrderRefunded, OrderCancelled}).Draw(t, "state")}
		r := Refund{bought, rapid.Int64Range(0, 30).Draw(t, "days"), rapid.SampledFrom([]string{"", "ORD-2"}).Draw(t, "later")}
		today := bought.AddDays(rapid.IntRange(0, 40).Draw(t, "since"))
		require.Equal(t, o.CheckRefund(r, today) == nil, slices.Contains(o.AllowedActions(r, today), ActionRefund))
	})
}

func TestUndo(t *testing.T) {
	t.Parallel()
	start, end, further := NewDate(2026, 1, 1), NewDate(2027, 1, 1), NewDate(2028, 1, 1)
	before := License{ID: "lic_1", ProductID: "prd_1", Quantity: 5, Term: "trial:30d", StartsOn: start, EndsOn: end, AnchorDay: 1}
	after := before
	after.Term, after.EndsOn, after.AnchorDay, after.Billing, after.Amount = "full:1", further, 2, BillingUnbilled, 1200
	extended := Change{before.Standing(), after.Standing()}

	got, err := after.Undo(extended)
	require.NoError(t, err)
	before.Billing, before.Amount = after.Billing, after.Amount // those are the refund's
	require.Equal(t, before, got)

	// What was split off it goes back as well; what happened to it since stays.
	part := after
	part.Quantity, part.Name, part.Billing = 2, "Lab", BillingInvoiced
	got, err = part.Undo(extended)
	require.NoError(t, err)
	require.Equal(t, []any{int64(2), "Lab", BillingInvoiced, end, "trial:30d"}, []any{got.Quantity, got.Name, got.Billing, got.EndsOn, got.Term})

	more := before
	more.ProductID, more.Quantity = "prd_2", 9
	upgraded := Change{before.Standing(), more.Standing()}
	got, err = more.Undo(upgraded)
	require.NoError(t, err)
	require.Equal(t, []any{"prd_1", int64(5)}, []any{got.ProductID, got.Quantity})
	for _, change := range []func(*License){
		func(l *License) { l.Quantity = 4 }, func(l *License) { l.KeySeats = 6 }, func(l *License) { l.Devices = 6 },
	} {
		l := more
		change(&l)
		_, err = l.Undo(upgraded)
		require.Equal(t, CodeOrderNotRefundable, CodeOf(err))
	}
}
