package letter_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/letter"
	"github.com/resell-cli/resell/internal/licensing"
)

// A confirmation is whole in every language, however the order was paid.
func TestOrder(t *testing.T) {
	t.Parallel()
	order := licensing.Order{
		ID: "ord_1", Number: "ORD-2026-000001", Amount: 12345, Currency: "EUR", Credits: 25, CreatedAt: license().ActivatedAt,
		Lines: []licensing.OrderLine{{Quantity: 25, Description: "Classroom, full:1", Amount: 12345}},
	}
	paid := map[licensing.Payment]string{
		licensing.PayBalance: "123.45 EUR, ", licensing.PayCard: "123.45 EUR, ", licensing.PayInvoice: "123.45 EUR, ", licensing.PayCredits: "25 ", licensing.PayNothing: "",
	}
	subjects := map[string]bool{}
	for _, tag := range []string{"", "de-AT", "fr", "es", "nl-BE"} {
		for way, says := range paid {
			order.Payment = way
			m := letter.Order{
				ID: "ord_1.again", Order: order, BoughtOn: licensing.NewDate(2026, 11, 21), Licenses: []licensing.License{license()},
				Buyer:  licensing.Reseller{Name: "Müller & Söhne", Email: "sales@seller.example", Language: tag},
				Vendor: licensing.Vendor{Name: "Acme", MailFrom: "licensing@vendor.example"},
			}.Message()
			require.NoError(t, m.Validate())
			require.NotRegexp(t, `[{}]`, m.Subject+m.Text)
			require.Equal(t, []string{"ord_1.again", "sales@seller.example"}, []string{m.ID, m.To})
			for _, part := range []string{"ORD-2026-000001", "2026-11-21", "25 × Classroom, full:1", "7GK2M9QX", says, "Müller & Söhne", "Acme"} {
				require.Contains(t, m.Text, part, tag)
			}
			subjects[m.Subject] = true
		}
	}
	require.Len(t, subjects, 5)
}
