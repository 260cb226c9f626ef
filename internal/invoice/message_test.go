package invoice

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

func message(t *testing.T, d Document) (subject, text string) {
	t.Helper()
	m, err := Message(stored(d), Mailing{From: "billing@vendor.example"})
	require.NoError(t, err)
	require.NoError(t, m.Validate())
	return m.Subject, m.Text
}

func TestMessage(t *testing.T) {
	t.Parallel()
	d := sample()
	m, err := Message(stored(d), Mailing{From: "billing@vendor.example"})
	require.NoError(t, err)
	require.Equal(t, []string{"inv_1", "billing@vendor.example", "faktury@zolc.example", "Żółć i Synowie Sp. z o.o.", "billing@nordlicht.example"},
		[]string{m.ID, m.From, m.To, m.ToName, m.ReplyTo})
	require.Equal(t, "Invoice INV-2026-000042 from Nordlicht Software GmbH", m.Subject)
	require.Equal(t, `Invoice INV-2026-000042 from Nordlicht Software GmbH

Invoice number: INV-2026-000042
Date: 21 Nov 2026
Due date: 21 Dec 2026
Bill to: Żółć i Synowie Sp. z o.o.

1. Editor Pro, 25 seats, 3 years
   21 Nov 2026 – 20 Nov 2029
   Your reference: PO 4711/a
   25 × 149.00 EUR per year = 11,175.00 EUR

2. Мониторинг — Ελληνική έκδοση
   21 Nov 2026 – 20 Dec 2026
   1 × 49.99 EUR per month = 49.99 EUR

3. Archive Server, perpetual
   from 21 Nov 2026, without end
   1 × 2,500.00 EUR = 2,500.00 EUR

Net amount: 13,724.99 EUR
VAT 19%: 2,607.75 EUR
Total: 16,332.74 EUR

Please pay 16,332.74 EUR by 21 Dec 2026, quoting INV-2026-000042.

Nordbank Hamburg
IBAN DE02 1203 0000 0000 2020 51, BIC BYLADEM1001

Invoice INV-2026-000042 is attached as a PDF.
`, m.Text)
	require.Len(t, m.Attachments, 1)
	require.Equal(t, "INV-2026-000042.pdf", m.Attachments[0].Name)
	require.True(t, strings.HasPrefix(string(m.Attachments[0].Data), "%PDF-"))
	require.NoError(t, m.Validate())
}

func TestMessageInEveryLanguage(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string][]string{
		"en": {"Invoice INV-2026-000042 from Nordlicht", "VAT 19%: 2,607.75 EUR", "Please pay", "INV-2026-000042 is attached as a PDF."},
		"de": {"Rechnung INV-2026-000042 von Nordlicht", "USt. 19 %: 2.607,75 EUR", "Bitte zahlen Sie", "Rechnung INV-2026-000042 finden Sie als PDF im Anhang."},
		"es": {"Factura INV-2026-000042 de Nordlicht", "IVA 19 %: 2.607,75 EUR", "Le rogamos", "Adjuntamos en PDF: Factura INV-2026-000042."},
		"fr": {"Facture INV-2026-000042 de Nordlicht", "TVA 19 %: 2 607,75 EUR", "Merci de régler", "Vous trouverez ci-joint, en PDF : Facture INV-2026-000042."},
		"nl": {"Factuur INV-2026-000042 van Nordlicht", "Btw 19%: 2.607,75 EUR", "Wij verzoeken u", "Factuur INV-2026-000042 vindt u als PDF in de bijlage."},
	} {
		d := sample()
		d.Language = tag
		subject, text := message(t, d)
		require.True(t, strings.HasPrefix(subject, want[0]), subject)
		for _, words := range want {
			require.Contains(t, text, words)
		}
		require.NotContains(t, text, "%!")
		require.NotContains(t, text, "\u00a0")
	}
}

func TestMessageOfCreditNote(t *testing.T) {
	t.Parallel()
	d := sample()
	d.Kind, d.Number, d.Cancels, d.DueOn, d.Language = licensing.KindCreditNote, "INV-2026-000043", d.Number, licensing.Date{}, "de"
	for i := range d.Lines {
		d.Lines[i].UnitPrice, d.Lines[i].Amount = -d.Lines[i].UnitPrice, -d.Lines[i].Amount
	}
	d.Net, d.Tax, d.Total = -d.Net, -d.Tax, -d.Total
	subject, text := message(t, d)
	require.Equal(t, "Rechnungskorrektur INV-2026-000043 von Nordlicht Software GmbH", subject)
	require.Contains(t, text, "Zur Rechnung: INV-2026-000042")
	require.Contains(t, text, "Gesamtbetrag: -16.332,74 EUR")
	require.NotContains(t, text, "Bitte zahlen")
}

func TestMessageAgain(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 1, 2, 9, 0, 0, 0, time.UTC)
	m, err := Message(stored(sample()), Mailing{From: "billing@vendor.example", Nonce: "2", Resent: at})
	require.NoError(t, err)
	require.Equal(t, "inv_1-2", m.ID, "a mail server drops what it has seen")
	require.Equal(t, at, m.Date)

	vendor := stored(sample())
	vendor.SellerID = licensing.VendorSeller
	m, err = Message(vendor, Mailing{From: "billing@vendor.example"})
	require.NoError(t, err)
	require.Empty(t, m.ReplyTo, "the vendor's mails come from where it is answered")

	_, err = Message(licensing.Invoice{}, Mailing{})
	require.ErrorIs(t, err, ErrInvalid)
}
