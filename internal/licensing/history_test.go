package licensing

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHistoryText(t *testing.T) {
	t.Parallel()
	tests := []struct{ kind, data, want string }{
		{"license.added", `{"after":{"quantity":30,"term":"calendar:2","ends_on":"2028-01-01"}}`, "Added: 30 × Office suite, calendar:2, ends on 2028-01-01"},
		{"license.added", `{"after":{"quantity":1,"term":"perpetual","ends_on":null}}`, "Added: 1 × Office suite, perpetual, never ends"},
		{
			"license.extended", `{"before":{"amount":100},"after":{"amount":1350,"currency":"EUR","term":"full:1","ends_on":"2028-01-01"}}`,
			"Extended by full:1, ends on 2028-01-01, 12.50 EUR",
		},
		{
			"license.renewed", `{"before":{"amount":0,"currency":"JPY"},"after":{"amount":500,"currency":"JPY","term":"monthly:1","ends_on":"2028-01-01"}}`,
			"Renewed for monthly:1, ends on 2028-01-01, 500 JPY",
		},
		{"license.renewed", `{"before":{"amount":5},"after":{"amount":5,"term":"monthly:1","ends_on":"2028-01-01"}}`, "Renewed for monthly:1, ends on 2028-01-01"},
		{"license.renewal_failed", `{"before":{},"after":{"reason":"the balance is 0.00 EUR"}}`, "Not renewed: the balance is 0.00 EUR"},
		{
			"license.upgraded", `{"before":{"quantity":5,"product_id":"prd_1","amount":0},"after":{"quantity":8,"product_id":"prd_2","amount":100,"currency":"EUR"}}`,
			"Upgraded to another edition from 5 to 8, 1.00 EUR",
		},
		{"license.upgraded", `{"before":{"quantity":5},"after":{"quantity":8}}`, "Upgraded from 5 to 8"},
		{
			"license.edited", `{"before":{"name":"a","note":"n","email":"","invoice_reference":"PO"},"after":{"name":"b","note":"n","email":"x","invoice_reference":""}}`,
			"Edited: name, e-mail, invoice reference",
		},
		{"license.assigned", `{"before":{},"after":{}}`, "Assigned to Example University"},
		{"license.split", `{"before":{"quantity":10},"after":{"quantity":7}}`, "Split: 7 of 10 are left"},
		{"license.split", `{"before":null,"after":{"quantity":3}}`, "Split off from stock: 3 × Office suite"},
		{"license.transferred", `{"before":{"serial":"A"},"after":{"serial":"B"}}`, "Transferred from device A to B"},
		{"device.activated", `{"after":{"serial":"SN-1"}}`, "Device activated: SN-1"},
		{"device.deactivated", `{"before":{"serial":"SN-1"},"after":{"serial":"SN-1"}}`, "Device deactivated: SN-1"},
		{"key.assigned", `{"after":{"seats":4}}`, "Key assigned, with seats: 4"},
		{
			"order.processed", `{"after":{"payment":"credits","credits":6,"amount":0,"currency":"EUR","lines":[{"description":"A"},{"description":"B"}]}}`,
			"Order processed: A and 1 more, 0.00 EUR, paid with credits: 6",
		},
		{"order.placed", `{"after":{"payment":"card","amount":100,"currency":"EUR","lines":[{"description":"A"}]}}`, "Order placed: A, 1.00 EUR, to be paid by card"},
		{"order.refunded", `{"before":{"amount":100,"currency":"EUR"},"after":{"amount":100,"currency":"EUR"}}`, "Order refunded: 1.00 EUR"},
		{
			"invoice.sent", `{"after":{"number":"INV-2026-000001","email":"office@example.edu","amount":100,"currency":"EUR"}}`,
			"Invoice INV-2026-000001 sent to office@example.edu, 1.00 EUR",
		},
		{"invoice.paid", `{"after":{"number":"INV-2026-000001","amount":100,"currency":"EUR"}}`, "Invoice paid: INV-2026-000001, 1.00 EUR"},
		{"license.auto_renew_on", `{}`, "Auto-renewal switched on"},
		{"license.paused", `{"before":{"quantity":1},"after":{"quantity":1}}`, "License paused"},
		{"link.some_thing", `{"before":{"quantity":"not a number"}}`, "Link some thing"},
		{"license.added", `not JSON`, "License added"},
	}
	for _, tt := range tests {
		e := HistoryEntry{Event: Event{Type: tt.kind, Data: tt.data}, ProductName: "Office suite", CompanyName: "Example University"}
		require.Equal(t, tt.want, e.Text(), "%s %s", tt.kind, tt.data)
	}
}
