package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// smtpTimeout bounds connecting and logging in, and again handing over the
// message.
const smtpTimeout = 30 * time.Second

// smtpSender sends each message over a connection of its own.
type smtpSender struct {
	config    smtpConfig
	tlsConfig *tls.Config
	timeout   time.Duration
}

// NewSMTP returns a [Sender] for the server at url:
//
//	smtp://user:password@host:587?starttls=required
//	smtps://user:password@host:465
//
// The port is 587 by default, 465 for smtps, and 25 without a user. starttls is
// required, opportunistic (the default) or none; with a user and a host that is
// not loopback, opportunistic means required and none is refused, because the
// password must not be sent in the clear. Certificates are always verified. No
// error contains the password.
func NewSMTP(url string) (Sender, error) {
	config, err := parseSMTPURL(url)
	if err != nil {
		return nil, fmt.Errorf("SMTP URL: %w", err)
	}

	s := &smtpSender{
		config:    config,
		tlsConfig: &tls.Config{ServerName: config.host, MinVersion: tls.VersionTLS12},
		timeout:   smtpTimeout,
	}
	return s, nil
}

// Send delivers m to the server. Cancelling ctx closes the connection.
func (s *smtpSender) Send(ctx context.Context, m Message) error {
	msg, err := compose(m)
	if err != nil {
		return fmt.Errorf("compose message: %w", err)
	}

	dial := &dialer{smtpSender: s, ctx: ctx}
	defer dial.close()

	client, err := gomail.NewClient(s.config.host, s.options(dial.open)...)
	if err != nil {
		return fmt.Errorf("set up SMTP client: %w", err)
	}

	err = client.DialAndSendWithContext(ctx, msg)
	// The server owns the message once it has answered DATA; a connection
	// that breaks after that must not make us send it twice.
	if err == nil || msg.IsDelivered() {
		return nil
	}

	if ctx.Err() != nil {
		err = errors.Join(ctx.Err(), err)
	}
	err = fmt.Errorf("send message %s through %s: %w", m.ID, s.config.host, err)
	if isRefusal(err) {
		return &PermanentError{Err: err}
	}
	return err
}

func (s *smtpSender) options(dial gomail.DialContextFunc) []gomail.Option {
	options := []gomail.Option{
		gomail.WithPort(s.config.port),
		gomail.WithTimeout(s.timeout),
		gomail.WithTLSConfig(s.tlsConfig),
		gomail.WithTLSPolicy(s.config.policy),
		gomail.WithDialContextFunc(dial),
		gomail.WithoutNoop(),
		gomail.WithoutRset(),
	}
	if s.config.implicitTLS {
		options = append(options, gomail.WithSSL())
	}
	if s.config.user == "" {
		return options
	}

	mechanisms := []gomail.SMTPAuthType{gomail.SMTPAuthPlain, gomail.SMTPAuthLogin}
	if s.config.isLoopback() {
		mechanisms = []gomail.SMTPAuthType{gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc}
	}
	return append(options,
		gomail.WithOpportunisticSMTPAuth(mechanisms...),
		gomail.WithUsername(s.config.user),
		gomail.WithPassword(s.config.password))
}

// isRefusal reports whether the server turned down this recipient or this
// content for good. The codes left out are about the session (RFC 5321 section
// 4.2.2: syntax, sequence; RFC 4954: authentication), not the message.
func isRefusal(err error) bool {
	var refused *gomail.SendError
	if !errors.As(err, &refused) {
		return false
	}

	switch refused.Reason {
	case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose:
	default:
		return false
	}

	code := refused.ErrorCode()
	session := []int{500, 501, 502, 503, 504, 530, 534, 535, 538}
	return code >= 500 && code <= 599 && !slices.Contains(session, code)
}

// dialer opens the one connection of a Send and closes it when the context
// ends: the library looks at the context only while connecting, and leaves the
// connection open when the greeting or the login fails.
type dialer struct {
	*smtpSender
	ctx   context.Context
	conn  net.Conn
	unset func() bool
}

func (d *dialer) open(ctx context.Context, network, _ string) (net.Conn, error) {
	address := net.JoinHostPort(d.config.host, strconv.Itoa(d.config.port))
	conn, err := (&net.Dialer{Timeout: d.timeout}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}

	d.conn = conn
	d.unset = context.AfterFunc(d.ctx, func() { _ = conn.Close() }) //nolint:contextcheck // Send's own, see dialer
	if d.config.implicitTLS {
		return tls.Client(conn, d.tlsConfig), nil
	}
	return conn, nil
}

func (d *dialer) close() {
	if d.conn != nil {
		d.unset()
		_ = d.conn.Close()
	}
}
