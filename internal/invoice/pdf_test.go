package invoice

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

func openPDF(t *testing.T, d Document) *pdf.Reader {
	t.Helper()
	content := render(t, PDF, d)
	r, err := pdf.NewReader(bytes.NewReader(content), int64(len(content)))
	require.NoError(t, err)
	return r
}

// pages are the pieces of text of every page, in the order in which they are drawn.
func pages(t *testing.T, r *pdf.Reader) [][]string {
	t.Helper()
	var all [][]string
	for n := 1; n <= r.NumPage(); n++ {
		text, err := r.Page(n).GetPlainText(nil)
		require.NoError(t, err)
		pieces := strings.Split(text, "\n")
		all = append(all, slices.DeleteFunc(pieces, func(s string) bool { return s == "" }))
	}
	return all
}

func TestPDF(t *testing.T) {
	t.Parallel()

	got := pages(t, openPDF(t, sample()))
	require.Equal(t, [][]string{{
		"Invoice", "Nordlicht Software GmbH", "Große Elbstraße 14", "22767 Hamburg", "Germany", "VAT ID DE812345678", "billing@nordlicht.example",
		"Bill to", "Invoice number", "INV-2026-000042",
		"Żółć i Synowie Sp. z o.o.", "Date", "21 Nov 2026",
		"Dział księgowości", "Due date", "21 Dec 2026",
		"ul. Świętego Jana 7/3", "Your reference", "Order 2026-118",
		"31-017 Kraków", "Your reference", "Cost centre 77",
		"Poland", "VAT ID PL6762438901", "faktury@zolc.example",
		"No.", "Description", "Quantity", "Unit price (EUR)", "Amount (EUR)",
		"1", "25", "149.00", "11,175.00", "Editor Pro, 25 seats, 3 years", "per year", "21 Nov 2026 – 20 Nov 2029", "Your reference: PO 4711/a",
		"2", "1", "49.99", "49.99", "Мониторинг — Ελληνική έκδοση", "per month", "21 Nov 2026 – 20 Dec 2026",
		"3", "1", "2,500.00", "2,500.00", "Archive Server, perpetual", "from 21 Nov 2026, without end",
		"Net amount", "13,724.99\u00a0EUR", "VAT 19%", "2,607.75\u00a0EUR", "Total", "16,332.74\u00a0EUR",
		"Please pay 16,332.74\u00a0EUR by 21 Dec 2026, quoting INV-2026-000042.",
		"Nordbank Hamburg", "IBAN DE02 1203 0000 0000 2020 51, BIC BYLADEM1001",
		"Invoice INV-2026-000042", "Page 1 of 1",
	}}, got)
}

func TestPDFMetadata(t *testing.T) {
	t.Parallel()

	d := sample()
	d.Language = "fr-BE"
	r := openPDF(t, d)
	info := r.Trailer().Key("Info")
	require.Equal(t, "Facture INV-2026-000042", info.Key("Title").Text())
	require.Equal(t, "Nordlicht Software GmbH", info.Key("Author").Text())
	require.Equal(t, "Żółć i Synowie Sp. z o.o.", info.Key("Subject").Text())
	require.Equal(t, "D:20261121000000", info.Key("CreationDate").Text())
	require.Equal(t, "D:20261121000000", info.Key("ModDate").Text())
	require.Equal(t, "fr", r.Trailer().Key("Root").Key("Lang").Text())

	box := r.Trailer().Key("Root").Key("Pages").Key("MediaBox")
	require.InDelta(t, 595.28, box.Index(2).Float64(), 0.01)
	require.InDelta(t, 841.89, box.Index(3).Float64(), 0.01)
}

func TestPDFIsTheSameForTheSameDocument(t *testing.T) {
	t.Parallel()

	d := sample()
	// Characters that share a shape are where a font's tables could change their order.
	d.Note = "space\u00a0space, hyphen\u00ad-, Δ∆ ΩΩ µμ"
	want := render(t, PDF, d)
	for range 10 {
		require.True(t, bytes.Equal(want, render(t, PDF, d)))
	}
	d.Number = "INV-2026-000043"
	require.False(t, bytes.Equal(want, render(t, PDF, d)))
}

func TestPDFManyLines(t *testing.T) {
	t.Parallel()

	for _, n := range []int{1, 20, 500} {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			t.Parallel()

			d := long(n)
			r := openPDF(t, d)
			got := pages(t, r)
			require.Equal(t, n > 12, len(got) > 1)

			var names []string
			for i, page := range got {
				require.Equal(t, 1, count(page, "Amount (EUR)"), "page %d", i+1)
				require.Equal(t, fmt.Sprintf("Page %d of %d", i+1, len(got)), page[len(page)-1])
				if i > 0 {
					require.Equal(t, "Invoice INV-2026-000042 · Nordlicht Software GmbH", page[0])
				}
				lines := 0
				for _, piece := range page {
					if name, _, _ := strings.Cut(piece, " with"); strings.HasPrefix(name, "Product ") {
						names = append(names, name)
						lines++
					}
				}
				require.Positive(t, lines, "page %d has no line", i+1)
			}
			require.Len(t, names, n)
			for i, name := range names {
				require.Equal(t, fmt.Sprintf("Product %04d", i+1), name)
			}

			last := strings.Join(got[len(got)-1], "\n")
			require.Contains(t, last, english().money(d.Net, "EUR"))
			require.Contains(t, last, english().money(d.Tax, "EUR"))
			require.Contains(t, last, english().money(d.Total, "EUR"))
			requireInside(t, r)
		})
	}
}

// requireInside checks that every text begins on the paper, and none in the footer
// but the footer's own.
func requireInside(t *testing.T, r *pdf.Reader) {
	t.Helper()
	const point = 25.4 / 72
	for n := 1; n <= r.NumPage(); n++ {
		footer := 0
		for _, piece := range r.Page(n).Content().Text {
			x, y := piece.X*point, pageHeight-piece.Y*point
			require.GreaterOrEqual(t, x, marginX-0.1, "page %d: %q", n, piece.S)
			require.Less(t, x, pageWidth-marginX, "page %d: %q", n, piece.S)
			require.Greater(t, y, top, "page %d: %q", n, piece.S)
			require.Less(t, y, pageHeight-8.0, "page %d: %q", n, piece.S)
			if y > bottom {
				footer++
				require.Greater(t, y, bottom+5, "page %d: %q", n, piece.S)
			}
		}
		require.Positive(t, footer)
	}
}

func count(pieces []string, want string) int {
	n := 0
	for _, piece := range pieces {
		if piece == want {
			n++
		}
	}
	return n
}

func TestPDFLongTexts(t *testing.T) {
	t.Parallel()

	d := sample()
	words := make([]string, 1500)
	for i := range words {
		words[i] = "w" + strconv.Itoa(i)
	}
	d.Lines[1].Description = strings.Join(words, " ")
	d.Lines[2].Description = strings.Repeat("Ж", 400)
	d.Buyer.Name = strings.Repeat("Unternehmensberatung und ", 12) + "Söhne"
	d.Buyer.Address = strings.Repeat("Hinterhaus\n", 60)
	d.Seller.Name = strings.Repeat("Softwarehaus ", 20)
	d.References = slices.Repeat([]string{"a reference of some length that takes two lines or three", " "}, 40)
	d.Note = strings.Repeat("Thanks for this and that. ", 400)
	r := openPDF(t, d)
	requireInside(t, r)

	var all []string
	for _, page := range pages(t, r) {
		all = append(all, page...)
	}
	text := strings.Join(all, " ")
	for _, word := range words {
		require.Contains(t, text, word)
	}
	require.Equal(t, 400, strings.Count(text, "Ж"))
	require.Equal(t, 12, strings.Count(text, "Unternehmensberatung und"))
	require.Equal(t, 60, strings.Count(text, "Hinterhaus"))
	require.Equal(t, 40, strings.Count(text, "Your reference")-1)
	require.Equal(t, 400, strings.Count(text, "Thanks"))
	require.Equal(t, 1, count(all, "16,332.74\u00a0EUR"))
	for _, page := range pages(t, r) {
		require.LessOrEqual(t, count(page, "Description"), 1)
	}
}

func TestPDFLargeNumbers(t *testing.T) {
	t.Parallel()

	d := sample()
	d.Currency, d.Lines = "KWD", d.Lines[:1]
	d.Lines[0].Quantity, d.Lines[0].UnitPrice, d.Lines[0].Amount = 1_000_000, 1<<53, -(1 << 53)
	d.Net, d.TaxRate, d.Tax, d.Total = -(1 << 53), 0, 0, -(1 << 53)
	r := openPDF(t, d)
	requireInside(t, r)
	page := pages(t, r)[0]
	for _, want := range []string{"1,000,000", "9,007,199,254,740.992", "-9,007,199,254,740.992", "-9,007,199,254,740.992\u00a0KWD"} {
		require.Contains(t, page, want)
	}
}

func TestPDFShowsWhatItsFontsLack(t *testing.T) {
	t.Parallel()

	d := sample()
	d.Buyer = licensing.Party{
		Name: "株式会社 Test", Address: "e\u0301te\u0301\ta\x00b\xffc\u200bd\nשלום", City: "😀 مرحبا",
	}
	page := pages(t, openPDF(t, d))[0]
	for _, want := range []string{"���� Test", "été a�b�c�d", "����", "� �����"} {
		require.Contains(t, page, want)
	}
}

func TestPDFLanguages(t *testing.T) {
	t.Parallel()

	for _, l := range languages() {
		d := creditNote()
		d.Language = l.Code
		r := openPDF(t, d)
		requireInside(t, r)
		page := pages(t, r)[0]
		require.NotContains(t, strings.Join(page, ""), "�", "the fonts have every fixed word")
		for _, want := range []string{
			l.Reversal, l.ReversalNo, l.Cancels, "INV-2026-000042", l.BillTo, l.Description,
			l.Amount + " (EUR)", l.Net, l.Total, l.money(d.Total, "EUR"), fmt.Sprintf(l.Page, 1, 1),
		} {
			require.Contains(t, page, want, l.Code)
		}
	}
}

func TestPDFPaid(t *testing.T) {
	t.Parallel()

	d := sample()
	d.PaidOn = licensing.NewDate(2026, 11, 30)
	page := pages(t, openPDF(t, d))[0]
	require.Contains(t, page, "Paid on 30 Nov 2026. Thank you.")
	require.NotContains(t, page, "Due date")
}

func TestPDFOffsets(t *testing.T) {
	t.Parallel()

	content := render(t, PDF, sample())
	table, err := strconv.Atoi(string(regexp.MustCompile(`startxref\n(\d+)\n%%EOF`).FindSubmatch(content)[1]))
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(content[table:], []byte("xref\n")))
	entries := regexp.MustCompile(`(?m)^(\d{10}) 00000 n $`).FindAllSubmatch(content[table:], -1)
	require.Greater(t, len(entries), 10)
	for i, entry := range entries {
		offset, err := strconv.Atoi(string(entry[1]))
		require.NoError(t, err)
		require.True(t, bytes.HasPrefix(content[offset:], fmt.Appendf(nil, "%d 0 obj\n", i+1)), "object %d", i+1)
	}
	for _, m := range regexp.MustCompile(`(?s)<</Length (\d+)>>\nstream\n(/CIDInit.*?)\nendstream`).FindAllSubmatch(content, -1) {
		require.Equal(t, string(m[1]), strconv.Itoa(len(m[2])))
		require.Contains(t, string(m[2]), "<0100> <01FF> <0100>\n")
	}
}

func TestMapTextRefuses(t *testing.T) {
	t.Parallel()

	for _, broken := range []string{
		"", everything, "<</Length x>>" + everything, "<</Length 9>>\nstream\n" + everything,
	} {
		_, err := mapText([]byte(broken), []byte{0})
		require.Error(t, err, broken)
	}
}
