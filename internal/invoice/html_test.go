package invoice

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// render writes a document with HTML or PDF.
func render(t *testing.T, write func(io.Writer, Document) error, d Document) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, write(&b, d))
	return b.Bytes()
}

func parseHTML(t *testing.T, d Document) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(render(t, HTML, d)))
	require.NoError(t, err)
	return root
}

// all are the elements of a kind below a node, in their order.
func all(root *html.Node, kind atom.Atom) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.DataAtom == kind {
			found = append(found, n)
		}
	}
	return found
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf is what a node says, its parts apart.
func textOf(n *html.Node) string {
	var parts []string
	for d := range n.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			parts = append(parts, strings.TrimSpace(d.Data))
		}
	}
	return strings.Join(parts, " | ")
}

func TestHTML(t *testing.T) {
	t.Parallel()

	root := parseHTML(t, sample())
	require.Equal(t, "en", attr(all(root, atom.Html)[0], "lang"))
	require.Equal(t, "Invoice INV-2026-000042", textOf(all(root, atom.Title)[0]))
	require.Len(t, all(root, atom.H1), 1)
	require.Len(t, all(root, atom.Main), 1)

	addresses := all(root, atom.Address)
	require.Equal(t, "Nordlicht Software GmbH | Große Elbstraße 14 | 22767 Hamburg | Germany | VAT ID DE812345678 | billing@nordlicht.example", textOf(addresses[0]))
	require.Equal(t, "Żółć i Synowie Sp. z o.o. | Dział księgowości | ul. Świętego Jana 7/3 | 31-017 Kraków | Poland | VAT ID PL6762438901 | faktury@zolc.example", textOf(addresses[1]))
	require.Equal(t, "Invoice number | INV-2026-000042 | Date | 21 Nov 2026 | Due date | 21 Dec 2026 | Your reference | Order 2026-118 | Your reference | Cost centre 77",
		textOf(all(root, atom.Dl)[0]))
	times := all(root, atom.Time)
	require.Equal(t, "2026-11-21", attr(times[0], "datetime"))
	require.Equal(t, "2026-12-21", attr(times[1], "datetime"))

	tables := all(root, atom.Table)
	require.Len(t, tables, 2)
	var rows []string
	for _, tr := range all(tables[0], atom.Tr) {
		rows = append(rows, textOf(tr))
	}
	require.Equal(t, []string{
		"No. | Description | Quantity | Unit price (EUR) | Amount (EUR)",
		"1 | Editor Pro, 25 seats, 3 years | 21 Nov 2026 – 20 Nov 2029 | Your reference: PO 4711/a | 25 | 149.00 | per year | 11,175.00",
		"2 | Мониторинг — Ελληνική έκδοση | 21 Nov 2026 – 20 Dec 2026 | 1 | 49.99 | per month | 49.99",
		"3 | Archive Server, perpetual | from 21 Nov 2026, without end | 1 | 2,500.00 | 2,500.00",
	}, rows)
	require.Equal(t, "Total | Net amount | 13,724.99\u00a0EUR | VAT 19% | 2,607.75\u00a0EUR | Total | 16,332.74\u00a0EUR", textOf(tables[1]))

	for _, th := range all(root, atom.Th) {
		require.Contains(t, []string{"row", "col"}, attr(th, "scope"), textOf(th))
	}
	for _, table := range tables {
		require.Len(t, all(table, atom.Caption), 1)
	}
	require.Equal(t, "Please pay 16,332.74\u00a0EUR by 21 Dec 2026, quoting INV-2026-000042.", textOf(all(root, atom.P)[0]))
	require.Equal(t, "Nordbank Hamburg | IBAN DE02 1203 0000 0000 2020 51, BIC BYLADEM1001", textOf(all(root, atom.P)[1]))
}

func TestHTMLNeedsNothingElse(t *testing.T) {
	t.Parallel()

	root := parseHTML(t, sample())
	for _, kind := range []atom.Atom{atom.Script, atom.Link, atom.Img, atom.Iframe, atom.Form, atom.Object} {
		require.Empty(t, all(root, kind), kind.String())
	}
	style := textOf(all(root, atom.Style)[0])
	require.NotContains(t, style, "url(")
	require.NotContains(t, style, "@import")
	require.Contains(t, style, "size: A4")
	require.Contains(t, style, "thead { display: table-header-group; }")
}

func TestHTMLEscapes(t *testing.T) {
	t.Parallel()

	d := sample()
	d.Buyer.Name = `<script>alert("x")</script>`
	d.Lines[0].Description = "</td><b>bold</b>\nsecond line"
	d.Note = "<img src=x>"
	d.Seller.Name = `Say "Ahoy" & Co`
	root := parseHTML(t, d)
	require.Empty(t, all(root, atom.Script))
	require.Empty(t, all(root, atom.Img))
	require.Empty(t, all(root, atom.B))
	require.True(t, strings.HasPrefix(textOf(all(root, atom.Address)[1]), d.Buyer.Name))
	require.Contains(t, textOf(all(root, atom.Table)[0]), "</td><b>bold</b>\nsecond line")
	require.Contains(t, textOf(root), d.Seller.Name)
}

func TestHTMLLanguages(t *testing.T) {
	t.Parallel()

	for _, l := range languages() {
		d := sample()
		d.Language = l.Code
		root := parseHTML(t, d)
		require.Equal(t, l.Code, attr(all(root, atom.Html)[0], "lang"))
		require.Equal(t, l.Invoice, textOf(all(root, atom.H1)[0]))
		require.Equal(t, l.Total+" | "+l.money(d.Total, "EUR"), textOf(all(all(root, atom.Table)[1], atom.Tr)[2]))
	}

	d := creditNote()
	d.Language = "de"
	root := parseHTML(t, d)
	require.Equal(t, "Rechnungskorrektur CRN-2026-000003", textOf(all(root, atom.Title)[0]))
	require.Equal(t, "Nummer | CRN-2026-000003 | Datum | 21.11.2026 | Zur Rechnung | INV-2026-000042 | Ihre Referenz | Order 2026-118 | Ihre Referenz | Cost centre 77",
		textOf(all(root, atom.Dl)[0]))
}

func TestRefusedIsNotWritten(t *testing.T) {
	t.Parallel()

	d := sample()
	d.Total++
	for _, write := range []func(io.Writer, Document) error{HTML, PDF} {
		var b bytes.Buffer
		require.ErrorIs(t, write(&b, d), ErrInvalid)
		require.Zero(t, b.Len())

		require.ErrorIs(t, write(brokenWriter{}, sample()), errBroken)
	}
}

var errBroken = errors.New("broken")

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }
