package licensing

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInvoiceActions(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*Invoice)
		want   []Action
		pay    string // what the refusal says, and what it advises
		void   string
		advice string
	}{
		"sent": {func(*Invoice) {}, []Action{ActionDownload, ActionResend, ActionPay, ActionVoid}, "", "", ""},
		"without an address": {
			func(i *Invoice) { i.Email = "" }, []Action{ActionDownload, ActionPay, ActionVoid}, "", "", "",
		},
		"paid": {
			func(i *Invoice) { i.State, i.PaidOn = InvoicePaid, NewDate(2026, 12, 1) },
			[]Action{ActionDownload, ActionResend},
			"was paid on 2026-12-01", "was paid on 2026-12-01", "settle with Acme",
		},
		"void": {
			func(i *Invoice) { i.State, i.CancelledNumber = InvoiceVoid, "INV-9" },
			[]Action{ActionDownload, ActionResend},
			"credit note INV-9 cancels it", "credit note INV-9 cancels it", "",
		},
		"credit note": {
			func(i *Invoice) { i.Kind, i.CancelsNumber = KindCreditNote, "INV-0" },
			[]Action{ActionDownload, ActionResend},
			"nobody has to pay it", "it cancels INV-0", "billed again",
		},
		"the vendor's": {
			func(i *Invoice) { i.SellerID = VendorSeller }, []Action{ActionDownload, ActionResend, ActionPay}, "", "bills an order", "refund the order",
		},
		"the vendor's, paid": {
			func(i *Invoice) { i.SellerID, i.State = VendorSeller, InvoicePaid }, []Action{ActionDownload, ActionResend}, "was paid", "bills an order", "refund the order",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := Invoice{Kind: KindInvoice, Number: "INV-1", State: InvoiceSent, SellerID: "rsl_1", Email: "a@acme.example", Buyer: Party{Name: "Acme"}}
			tt.change(&i)
			require.Equal(t, tt.want, i.AllowedActions())
			requireSays(t, CodeInvoiceNotPayable, tt.pay, "", i.CheckPay())
			requireSays(t, CodeInvoiceNotVoid, tt.void, tt.advice, i.CheckVoid())
		})
	}
}

// requireSays wants a refusal that says this; nothing said is no refusal.
func requireSays(t *testing.T, code Code, detail, hint string, err error) {
	t.Helper()
	if detail == "" {
		require.NoError(t, err)
		return
	}
	refusal := new(Error)
	require.ErrorAs(t, err, &refusal)
	require.Equal(t, code, refusal.Code)
	require.Contains(t, refusal.Detail, detail)
	require.Contains(t, refusal.Hint, hint)
}

func TestCredit(t *testing.T) {
	t.Parallel()
	i := Invoice{
		ID: "inv_1", SellerID: "rsl_1", ResellerID: "rsl_1", CompanyID: "com_1", OrderID: "ord_1", Kind: KindInvoice, Number: "INV-1", State: InvoiceSent,
		Currency: "EUR", Net: 300, TaxRate: 2100, Tax: 63, Amount: 363, Email: "a@acme.example", Language: "nl", Note: "Thank you",
		IssuedOn: NewDate(2026, 11, 21), DueOn: NewDate(2026, 12, 21), Version: 7,
		Lines: []InvoiceLine{{ID: "ili_1", InvoiceID: "inv_1", LicenseID: "lic_1", Quantity: 3, UnitPrice: 100, Amount: 300, Interval: PerYear}},
	}
	note := i.Credit()
	require.Equal(t, Invoice{
		SellerID: "rsl_1", ResellerID: "rsl_1", CompanyID: "com_1", OrderID: "ord_1", CancelsID: "inv_1", CancelsNumber: "INV-1", Kind: KindCreditNote,
		State: InvoiceSent, Currency: "EUR", Net: -300, TaxRate: 2100, Tax: -63, Amount: -363, Email: "a@acme.example", Language: "nl", Version: 1,
		Lines: []InvoiceLine{{LicenseID: "lic_1", Quantity: 3, UnitPrice: -100, Amount: -300, Interval: PerYear}},
	}, note)
	require.Equal(t, int64(100), i.Lines[0].UnitPrice, "the invoice stays as it is")
}
