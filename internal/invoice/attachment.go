// Package invoice makes the documents of an invoice: its mail, its PDF and its web page.
package invoice

import (
	"bytes"
	"strings"

	"github.com/resell-cli/resell/internal/mail"
)

// Attachment is a document as a PDF that goes with a mail, named after its number.
// It fails as [PDF] does.
func Attachment(d Document) (mail.Attachment, error) {
	var b bytes.Buffer
	if err := PDF(&b, d); err != nil {
		return mail.Attachment{}, err
	}
	return mail.Attachment{Name: FileName(d) + ".pdf", ContentType: "application/pdf", Data: b.Bytes()}, nil
}

// FileName is a document's number as a name of a file, without an extension: what no
// file system or mail header takes becomes a hyphen.
func FileName(d Document) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, oneLine(d.Number))
}
