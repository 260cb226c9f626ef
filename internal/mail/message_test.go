package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func welcome() Message {
	return Message{
		ID:      "evt_01HZX.welcome-1",
		From:    "Акме <billing@acme.example>",
		To:      "ivan@example.com",
		ToName:  "Иван Петров",
		ReplyTo: "help@acme.example",
		Subject: "Ваша лицензия «Редактор Про» продлена до 1 января 2029 года — 許可證已更新，感謝您的購買",
		Text:    "Здравствуйте!\n\n.Точка в начале строки\n" + strings.Repeat("длинная строка ", 100),
		HTML:    "<p>您好</p>",
		Date:    time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC),
		Attachments: []Attachment{{
			Name:        "Счёт INV-2026-000001.pdf",
			ContentType: "application/pdf",
			Data:        []byte{0, 1, 2, 0xff, '\n', '.', '\n'},
		}},
	}
}

// parsed is a message as a mail program would show it.
type parsed struct {
	header      mail.Header
	text, html  string
	attachments map[string][]byte
}

func parse(t *testing.T, content []byte) parsed {
	t.Helper()

	for line := range strings.SplitSeq(string(content), "\r\n") {
		require.LessOrEqual(t, len(line), 998)
		require.False(t, strings.ContainsFunc(line, func(r rune) bool { return r > 126 }), line)
	}

	message, err := mail.ReadMessage(bytes.NewReader(content))
	require.NoError(t, err)
	p := parsed{header: message.Header, attachments: map[string][]byte{}}
	p.part(t, message.Header.Get, message.Body)
	return p
}

func (p *parsed) part(t *testing.T, header func(string) string, body io.Reader) {
	t.Helper()

	kind, params, err := mime.ParseMediaType(header("Content-Type"))
	require.NoError(t, err)
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for {
			part, err := parts.NextRawPart()
			if err == io.EOF {
				return
			}
			require.NoError(t, err)
			p.part(t, part.Header.Get, part)
		}
	}

	switch header("Content-Transfer-Encoding") {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	decoded, err := io.ReadAll(body)
	require.NoError(t, err)

	_, disposition, _ := mime.ParseMediaType(header("Content-Disposition"))
	switch {
	case disposition["filename"] != "":
		require.Equal(t, disposition["filename"], params["name"])
		p.attachments[disposition["filename"]] = decoded
	case kind == "text/html":
		p.html = string(decoded)
	default:
		p.text = string(decoded)
	}
}

func requireWelcome(t *testing.T, content []byte) {
	t.Helper()

	want, got := welcome(), parse(t, content)
	subject, err := new(mime.WordDecoder).DecodeHeader(got.header.Get("Subject"))
	require.NoError(t, err)
	require.Equal(t, want.Subject, subject)

	to, err := mail.ParseAddress(got.header.Get("To"))
	require.NoError(t, err)
	require.Equal(t, mail.Address{Name: want.ToName, Address: want.To}, *to)
	from, err := mail.ParseAddress(got.header.Get("From"))
	require.NoError(t, err)
	require.Equal(t, mail.Address{Name: "Акме", Address: "billing@acme.example"}, *from)

	require.Equal(t, "<evt_01HZX.welcome-1@acme.example>", got.header.Get("Message-ID"))
	require.Equal(t, "<help@acme.example>", got.header.Get("Reply-To"))
	require.Equal(t, "auto-generated", got.header.Get("Auto-Submitted"))
	require.Empty(t, got.header.Get("User-Agent"))
	date, err := got.header.Date()
	require.NoError(t, err)
	require.True(t, want.Date.Equal(date))

	require.Equal(t, want.Text, strings.ReplaceAll(got.text, "\r\n", "\n"))
	require.Equal(t, want.HTML, got.html)
	require.Equal(t, map[string][]byte{want.Attachments[0].Name: want.Attachments[0].Data}, got.attachments)
}

func TestValidate(t *testing.T) {
	t.Parallel()

	require.NoError(t, welcome().Validate())

	tests := map[string]func(*Message){
		"no id":                      func(m *Message) { m.ID = "" },
		"id with a path":             func(m *Message) { m.ID = "../x" },
		"id with a bracket":          func(m *Message) { m.ID = "a>b" },
		"long id":                    func(m *Message) { m.ID = strings.Repeat("a", 129) },
		"no sender":                  func(m *Message) { m.From = "" },
		"sender with a header":       func(m *Message) { m.From = "a@b.example\r\nBcc: c@d.example" },
		"two recipients":             func(m *Message) { m.To = "a@b.example, c@d.example" },
		"folded recipient":           func(m *Message) { m.To = "a@b.example\r\n (x)" },
		"quoted recipient":           func(m *Message) { m.To = `"a> SIZE=1 <b"@c.example` },
		"recipient without a domain": func(m *Message) { m.To = "ivan" },
		"bad domain":                 func(m *Message) { m.To = "ivan@-x-.example" },
		"name with a header":         func(m *Message) { m.ToName = "Ivan\nBcc: c@d.example" },
		"name with a bare CR":        func(m *Message) { m.ToName = "Ivan\rx" },
		"reply-to with a header":     func(m *Message) { m.ReplyTo = "a@b.example\nX: y" },
		"subject with a header":      func(m *Message) { m.Subject = "hello\r\nBcc: c@d.example" },
		"subject with NEL":           func(m *Message) { m.Subject = "hello\u0085x" },
		"subject not UTF-8":          func(m *Message) { m.Subject = "\xff" },
		"blank subject":              func(m *Message) { m.Subject = "  " },
		"no body":                    func(m *Message) { m.Text, m.HTML = "", "" },
		"body not UTF-8":             func(m *Message) { m.Text = "\xff" },
		"no date":                    func(m *Message) { m.Date = time.Time{} },
		"file name with a header":    func(m *Message) { m.Attachments[0].Name = "a\r\nX: y" },
		"file name with a path":      func(m *Message) { m.Attachments[0].Name = "../a" },
		"long file name":             func(m *Message) { m.Attachments[0].Name = strings.Repeat("я", 200) },
		"type with a header":         func(m *Message) { m.Attachments[0].ContentType = "text/plain\r\nX: y" },
		"type of one word":           func(m *Message) { m.Attachments[0].ContentType = "pdf" },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			m := welcome()
			change(&m)
			err := m.Validate()
			require.ErrorIs(t, err, ErrInvalid)
			require.True(t, IsPermanent(err))
		})
	}
}

func TestCompose(t *testing.T) {
	t.Parallel()

	m := welcome()
	m.To, m.ReplyTo, m.Text, m.Attachments = "ivan@пример.рф", "", "", nil
	m.Attachments = []Attachment{{Name: strings.Repeat("я", 100) + ".bin"}}

	msg, err := compose(m)
	require.NoError(t, err)
	var content bytes.Buffer
	_, err = msg.WriteTo(&content)
	require.NoError(t, err)

	got := parse(t, content.Bytes())
	require.Contains(t, got.header.Get("To"), "<ivan@xn--e1afmkfd.xn--p1ai>")
	require.Empty(t, got.header.Get("Reply-To"))
	require.Empty(t, got.text)
	require.Equal(t, m.HTML, got.html)
	require.Contains(t, got.attachments, m.Attachments[0].Name)
}
