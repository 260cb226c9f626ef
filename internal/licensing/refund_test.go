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
