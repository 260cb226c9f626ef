package letter_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/letter"
	"github.com/resell-cli/resell/internal/licensing"
)

// In every language the reseller is told which license it is about, why it was not
// renewed, until when that is tried again, and the commands that help.
func TestRenewalFailed(t *testing.T) {
	t.Parallel()
	for tag, subject := range map[string]string{
		"": "Not renewed: Classroom for Gymnasium Nord", "ja": "Not renewed: Classroom for Gymnasium Nord",
		"de-AT": "Nicht verlängert: Classroom für Gymnasium Nord", "fr": "Non renouvelé : Classroom pour Gymnasium Nord",
		"es": "Sin renovar: Classroom para Gymnasium Nord", "nl": "Niet verlengd: Classroom voor Gymnasium Nord",
	} {
		m := letter.RenewalFailed{
			License: licensing.License{
				ID: "lic_1", Coupon: "7GK2M9QX", Quantity: 25, ProductName: "Classroom", CompanyName: "Gymnasium Nord", Term: "full:1",
				EndsOn: licensing.NewDate(2027, 11, 21), RenewalFailedOn: licensing.NewDate(2027, 11, 20),
				UpdatedAt: licensing.At(time.Date(2027, 11, 20, 12, 0, 0, 0, time.UTC)),
			},
			Reseller: licensing.Reseller{Name: "Müller & Söhne", Email: "sales@seller.example", Language: tag},
			Vendor:   licensing.Vendor{Name: "Acme", MailFrom: "licensing@vendor.example"},
			Reason:   "it costs 17.00 EUR, and the balance is 1.00 EUR",
		}.Message()
		require.NoError(t, m.Validate())
		require.Equal(t, subject, m.Subject)
		require.Equal(t, "sales@seller.example", m.To)
		for _, part := range []string{
			"25 × Classroom", "Gymnasium Nord", "2027-11-21", "2027-12-04", "it costs 17.00 EUR, and the balance is 1.00 EUR", "Müller & Söhne",
			"resell license extend 7GK2M9QX --term full:1", "resell license auto-renew off 7GK2M9QX", "Acme",
		} {
			require.Contains(t, m.Text, part, tag)
		}
		require.NotContains(t, m.Text, "{", tag)
		require.NotContains(t, m.Subject, "{", tag)
	}
}
