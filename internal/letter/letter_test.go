package letter_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/letter"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
)

func license() licensing.License {
	return licensing.License{
		ID: "lic_1", Coupon: "7GK2M9QX", Quantity: 25, ProductName: "Classroom", StartsOn: licensing.NewDate(2026, 11, 21),
		EndsOn: licensing.NewDate(2027, 11, 21), ActivatedAt: licensing.At(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)),
	}
}

// Every letter is whole in every language: nothing is left to fill in, and nothing is
// lost in translation.
func TestLetters(t *testing.T) {
	t.Parallel()
	seller := licensing.Reseller{Name: "Müller & Söhne", Email: "sales@seller.example"}
	vendor := licensing.Vendor{Name: "Acme", MailFrom: "licensing@vendor.example"}
	for tag, last := range map[string]string{
		"": "up to and including 2027-11-20", "en-GB": "up to and including 2027-11-20", "ja": "up to and including 2027-11-20",
		"de-AT": "bis einschließlich 2027-11-20", "fr": "au 2027-11-20 inclus", "es": "al 2027-11-20 inclusive", "nl-BE": "tot en met 2027-11-20",
	} {
		company := licensing.Company{Name: "Gymnasium Nord", Email: "office@nord.example", Language: tag}
		link := letter.Link{
			Link:    licensing.Link{ID: "lnk_1", Email: "head@nord.example", CreatedAt: license().ActivatedAt},
			License: license(), Company: company, Seller: seller, Vendor: vendor,
			URL: "https://licensing.example/activate/SECRET", Until: licensing.NewDate(2026, 12, 21),
		}.Message()
		activated := letter.Activated{License: license(), Company: company, Seller: seller, Vendor: vendor}.Message()
		for says, m := range map[string]mail.Message{"https://licensing.example/activate/SECRET": link, "7GK2M9QX": activated} {
			require.NoError(t, m.Validate())
			require.Contains(t, m.Text, says)
			require.Contains(t, m.Text, "25 × Classroom")
			require.Contains(t, m.Text, last, tag)
			require.Contains(t, m.Text, "Müller & Söhne")
			require.Contains(t, m.Subject, "Classroom")
			require.NotRegexp(t, `[{}]`, m.Subject+m.Text)
			require.Equal(t, "sales@seller.example", m.ReplyTo)
			for line := range strings.Lines(m.Text) {
				require.LessOrEqual(t, len([]rune(line)), 130, line)
			}
		}
		require.Equal(t, "head@nord.example", link.To)
		require.Contains(t, link.Text, "2026-12-21")
		require.Equal(t, "office@nord.example", activated.To)
		require.NotEqual(t, link.ID, activated.ID)
	}
}

// Without a company the letter is in the seller's language.
func TestLanguageOfTheSeller(t *testing.T) {
	t.Parallel()
	perpetual := license()
	perpetual.EndsOn = licensing.Date{}
	m := letter.Link{
		Link: licensing.Link{ID: "lnk_1", Email: "head@nord.example", CreatedAt: perpetual.ActivatedAt}, License: perpetual,
		Seller: licensing.Reseller{Name: "Müller", Language: "de"}, Vendor: licensing.Vendor{Name: "Acme", MailFrom: "licensing@vendor.example"},
	}.Message()
	require.Equal(t, "Classroom aktivieren", m.Subject)
	require.Contains(t, m.Text, "ab 2026-11-21, unbefristet")
	require.Empty(t, m.ReplyTo)
}
