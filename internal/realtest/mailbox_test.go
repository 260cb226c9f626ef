//go:build unix

package realtest

import (
	"encoding/base64"
	"errors"
	"io"
	"log"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"
)

// resellerEmail is where the vendor's invoices go.
const resellerEmail = "sales@acme.example"

// mailbox is an SMTP server, and what it has accepted for companies. What is for the
// reseller it takes and forgets.
type mailbox struct {
	url    string
	answer func(attempt int) error // to the n-th message, from 1

	mu       sync.Mutex
	attempts int
	mails    []letter
}

// reseller is the address of the reseller of the tests.
const reseller = "sales@acme.example"

type letter struct {
	from, to, id, subject, replyTo, text string
	attached                             map[string][]byte // by name
}

// newMailbox serves until the test ends. Where answer is nil everything is accepted.
func newMailbox(t *testing.T, answer func(attempt int) error) *mailbox {
	t.Helper()
	m := &mailbox{answer: answer}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &delivery{box: m}, nil }))
	server.Domain = "localhost"
	server.ErrorLog = log.New(io.Discard, "", 0)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	m.url = "smtp://" + listener.Addr().String()
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		_ = server.Close()
		_ = listener.Close() // Close forgets a listener that Serve has not reached yet
		<-done
	})
	return m
}

// received is what was accepted, and how many messages were tried.
func (m *mailbox) received() (mails []letter, attempts int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append(mails, m.mails...), m.attempts
}

type delivery struct {
	box      *mailbox
	from, to string
}

func (d *delivery) Mail(from string, _ *smtp.MailOptions) error {
	d.from = from
	return nil
}

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = to
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	message, err := mail.ReadMessage(r)
	if err != nil {
		return err
	}
	if d.to == resellerEmail {
		return nil
	}
	text, attached, err := contents(message)
	if err != nil {
		return err
	}
	if d.to == reseller { // each order is confirmed to it: the tests are about other mails
		return nil
	}
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	d.box.attempts++
	if d.box.answer != nil {
		if err := d.box.answer(d.box.attempts); err != nil {
			return err
		}
	}
	d.box.mails = append(d.box.mails, letter{
		from: d.from, to: d.to, id: message.Header.Get("Message-Id"), subject: message.Header.Get("Subject"),
		replyTo: message.Header.Get("Reply-To"), text: strings.ReplaceAll(text, "\r\n", "\n"), attached: attached,
	})
	return nil
}

// contents are the text of a mail and the files that go with it.
func contents(m *mail.Message) (text string, attached map[string][]byte, err error) {
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return "", nil, err
	}
	attached = make(map[string][]byte)
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextPart() // it undoes quoted-printable
		if errors.Is(err, io.EOF) {
			return text, attached, nil
		}
		if err != nil {
			return "", nil, err
		}
		in := io.Reader(part)
		if part.Header.Get("Content-Transfer-Encoding") == "base64" {
			in = base64.NewDecoder(base64.StdEncoding, part)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			return "", nil, err
		}
		if name := part.FileName(); name != "" {
			attached[name] = content
		} else {
			text += string(content)
		}
	}
}

func (d *delivery) Reset() {}

func (d *delivery) Logout() error { return nil }

func refusal(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: text}
}
