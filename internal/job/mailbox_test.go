package job_test

import (
	"io"
	"log"
	"net"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"
)

// mailbox is a real SMTP server.
type mailbox struct {
	url string
	// answer decides on the n-th message, from 1.
	answer func(n int) error
	count  atomic.Int64
}

func startMailbox(t *testing.T, answer func(n int) error) *mailbox {
	t.Helper()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	m := &mailbox{url: "smtp://" + listener.Addr().String(), answer: answer}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return m, nil }))
	server.ErrorLog = log.New(io.Discard, "", 0)

	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		_ = server.Close()
		_ = listener.Close() // Close forgets a listener that Serve has not reached yet
		if err := <-done; err != nil {
			require.ErrorIs(t, err, net.ErrClosed)
		}
	})
	return m
}

func (m *mailbox) Mail(string, *smtp.MailOptions) error { return nil }
func (m *mailbox) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (m *mailbox) Reset()                               {}
func (m *mailbox) Logout() error                        { return nil }

func (m *mailbox) Data(r io.Reader) error {
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	return m.answer(int(m.count.Add(1)))
}

func accept(int) error { return nil }

func refuse(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: text}
}
