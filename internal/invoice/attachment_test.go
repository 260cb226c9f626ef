package invoice

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	netmail "net/mail"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/mail"
)

func TestAttachment(t *testing.T) {
	t.Parallel()

	a, err := Attachment(sample())
	require.NoError(t, err)
	require.Equal(t, "INV-2026-000042.pdf", a.Name)
	require.Equal(t, "application/pdf", a.ContentType)
	require.Equal(t, render(t, PDF, sample()), a.Data)

	dir := t.TempDir()
	sender, err := mail.NewFolder(dir)
	require.NoError(t, err)
	require.NoError(t, sender.Send(t.Context(), mail.Message{
		ID: "inv_1", From: "billing@acme.example", To: "buyer@example.com", Subject: "Invoice", Text: "Attached.",
		Date: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), Attachments: []mail.Attachment{a},
	}))
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	content, err := os.ReadFile(files[0])
	require.NoError(t, err)
	_, err = netmail.ReadMessage(bytes.NewReader(content))
	require.NoError(t, err)
	require.Contains(t, string(content), "filename=INV-2026-000042.pdf")

	_, err = Attachment(Document{})
	require.ErrorIs(t, err, ErrInvalid)
}

func TestFileName(t *testing.T) {
	t.Parallel()

	d := sample()
	for number, want := range map[string]string{
		"INV-2026-000042":     "INV-2026-000042",
		"../2026/42":          "..-2026-42",
		"R\\1:\"é\"\x7f\r\nx": "R-1--é-- x",
	} {
		d.Number = number
		require.Equal(t, want, FileName(d))
	}
}
