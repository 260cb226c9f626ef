package invoice

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed document.gohtml
var documentTemplate string

// HTML writes a document as one page that needs nothing else: no script, no image,
// no style sheet of its own. It prints on A4. Nothing is written when the document
// is refused, see [Document.Validate].
func HTML(w io.Writer, d Document) error {
	if err := d.Validate(); err != nil {
		return err
	}
	page, err := template.New("document").Parse(documentTemplate)
	if err != nil {
		return fmt.Errorf("parse the document's template: %w", err)
	}
	var b bytes.Buffer
	if err := page.Execute(&b, newSheet(d)); err != nil {
		return fmt.Errorf("write document %s as HTML: %w", d.Number, err)
	}
	if _, err := b.WriteTo(w); err != nil {
		return fmt.Errorf("write document %s: %w", d.Number, err)
	}
	return nil
}
