package invoice

import (
	"fmt"
	"io"
	"time"
)

// PDF writes a document as A4 pages with their fonts inside. The same document
// makes the same bytes: the file is dated IssuedOn. Characters that the fonts have
// no shape for (they know Latin, Greek and Cyrillic) are printed as �. Nothing is
// written when the document is refused, see [Document.Validate].
func PDF(w io.Writer, d Document) error {
	if err := d.Validate(); err != nil {
		return err
	}
	s := newSheet(d)
	c, err := newCanvas()
	if err != nil {
		return fmt.Errorf("write document %s as a PDF: %w", d.Number, err)
	}

	c.pdf.SetTitle(s.Heading, true)
	c.pdf.SetAuthor(s.Seller.Name, true)
	c.pdf.SetSubject(s.Buyer.Name, true)
	c.pdf.SetLang(s.Words.Code)
	issued := time.Date(d.IssuedOn.Year(), d.IssuedOn.Month(), d.IssuedOn.Day(), 0, 0, 0, 0, time.UTC)
	c.pdf.SetCreationDate(issued)
	c.pdf.SetModificationDate(issued)

	p := printer{canvas: c, sheet: s}
	p.print()
	pdf, err := c.bytes()
	if err != nil {
		return fmt.Errorf("write document %s as a PDF: %w", d.Number, err)
	}
	if _, err := w.Write(pdf); err != nil {
		return fmt.Errorf("write document %s: %w", d.Number, err)
	}
	return nil
}
