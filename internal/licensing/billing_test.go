package licensing

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBillingOf(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lines []InvoiceState
		want  Billing
	}{
		{nil, BillingFree},
		{[]InvoiceState{""}, BillingUnbilled},
		{[]InvoiceState{InvoiceSent}, BillingInvoiced},
		{[]InvoiceState{InvoicePaid}, BillingPaid},
		{[]InvoiceState{InvoicePaid, InvoicePaid}, BillingPaid},
		{[]InvoiceState{InvoicePaid, InvoiceSent}, BillingInvoiced},
		{[]InvoiceState{InvoiceSent, InvoicePaid}, BillingInvoiced},
		{[]InvoiceState{InvoicePaid, InvoiceSent, ""}, BillingUnbilled},
		{[]InvoiceState{"", InvoicePaid}, BillingUnbilled},
		{[]InvoiceState{InvoiceVoid, InvoicePaid}, BillingUnbilled},
	} {
		require.Equal(t, tt.want, BillingOf(tt.lines), "%q", tt.lines)
	}
}

func TestParseDue(t *testing.T) {
	t.Parallel()
	issued := NewDate(2026, 11, 21)
	for text, want := range map[string]Date{
		"": NewDate(2026, 12, 21), "0d": issued, "14d": NewDate(2026, 12, 5), "365d": NewDate(2027, 11, 21),
		"2026-11-21": issued, "2027-01-31": NewDate(2027, 1, 31),
	} {
		due, err := ParseDue(text, issued)
		require.NoError(t, err, text)
		require.Equal(t, want, due, text)
	}
	for _, text := range []string{"soon", "30", "d", "-1d", "366d", "2026-11-20", "2027-11-22", "2026-02-30", "1e2d"} {
		_, err := ParseDue(text, issued)
		require.Equal(t, CodeInvalidRequest, CodeOf(err), text)
	}
}
