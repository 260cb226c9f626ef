package mail

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"
)

// server is a real SMTP server on loopback.
type server struct {
	addr string
	// accepted receives every message that was answered with 250.
	accepted chan accepted
	// roots trusts the server's certificate.
	roots *x509.CertPool

	password string
	// rcpt and data answer the n-th command of their kind, from 1.
	rcpt, data   func(n int) error
	rcpts, datas atomic.Int64
}

type accepted struct {
	from, to string
	user     string
	tls      bool
	content  []byte
}

type serverOption func(*server, *smtp.Server)

func withTLS(s *server, backend *smtp.Server) {
	certificate, roots := selfSigned()
	s.roots = roots
	backend.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
}

func withPassword(password string) serverOption {
	return func(s *server, backend *smtp.Server) {
		s.password = password
		backend.AllowInsecureAuth = true
	}
}

func withRcpt(answer func(n int) error) serverOption {
	return func(s *server, _ *smtp.Server) { s.rcpt = answer }
}

func withData(answer func(n int) error) serverOption {
	return func(s *server, _ *smtp.Server) { s.data = answer }
}

// startServer serves until the test ends, over TLS from the start if implicit.
func startServer(t *testing.T, implicit bool, options ...serverOption) *server {
	t.Helper()

	never := func(int) error { return nil }
	s := &server{accepted: make(chan accepted, 8), rcpt: never, data: never}
	backend := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{server: s, conn: c}, nil
	}))
	backend.Domain = "localhost"
	backend.EnableSMTPUTF8 = true
	backend.ErrorLog = log.New(io.Discard, "", 0)
	for _, option := range options {
		option(s, backend)
	}

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s.addr = listener.Addr().String()
	if implicit {
		listener = tls.NewListener(listener, backend.TLSConfig)
	}

	done := make(chan error, 1)
	go func() { done <- backend.Serve(listener) }()
	t.Cleanup(func() {
		_ = backend.Close()
		_ = listener.Close() // Close forgets a listener that Serve has not reached yet
		if err := <-done; err != nil {
			require.ErrorIs(t, err, net.ErrClosed)
		}
	})
	return s
}

type session struct {
	server *server
	conn   *smtp.Conn
	accepted
}

func (s *session) AuthMechanisms() []string {
	if s.server.password == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != s.server.password {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.server.rcpt(int(s.server.rcpts.Add(1)))
}

func (s *session) Data(r io.Reader) error {
	content, err := io.ReadAll(r)
	if err != nil {
		return err
	}

	if err := s.server.data(int(s.server.datas.Add(1))); err != nil {
		return err
	}

	_, encrypted := s.conn.TLSConnectionState()
	s.server.accepted <- accepted{
		from: s.from, to: s.to, user: s.user, tls: encrypted, content: content,
	}
	return nil
}

func (s *session) Reset() {}

func (s *session) Logout() error { return nil }

func answer(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: text}
}

func selfSigned() (tls.Certificate, *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	if err != nil {
		panic(err)
	}

	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	parsed, parseErr := x509.ParseCertificate(der)
	if err := errors.Join(err, parseErr); err != nil {
		panic(err)
	}

	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}
