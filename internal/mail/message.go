// Package mail writes messages and sends them: over SMTP, or as files in a
// folder during development.
package mail

import (
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// ErrInvalid is wrapped by every error of [Message.Validate].
var ErrInvalid = errors.New("invalid message")

// maxFileName keeps an attachment's percent-encoded name (three characters a
// byte) within the 998 characters that RFC 5322 allows a line.
const maxFileName = 255

// Message is one mail to one recipient.
type Message struct {
	// ID is the local part of the Message-ID: letters, digits, ".", "_" and
	// "-". Give a retry the same ID, so that a recipient's server can tell a
	// repeat.
	ID string
	// From is the sender and the envelope's return address, with or without a
	// name: "Acme <billing@acme.example>".
	From string
	// To is the recipient's address and ToName, if any, the name shown with it.
	To, ToName string
	// ReplyTo is where answers go; empty for From.
	ReplyTo string
	Subject string
	// Text and HTML are the body, as alternatives when both are given.
	Text, HTML  string
	Date        time.Time
	Attachments []Attachment
}

// Attachment is a file that goes with a [Message].
type Attachment struct {
	Name string
	// ContentType is a MIME type; empty for application/octet-stream.
	ContentType string
	Data        []byte
}

// Validate reports the first thing that keeps m from being sent. It refuses
// control characters in anything that becomes a header, so that no value can
// add a header or a recipient. Its errors wrap [ErrInvalid].
func (m Message) Validate() error {
	_, err := m.addresses()
	if err != nil {
		return err
	}

	switch {
	case !isMessageID(m.ID):
		return invalid("id must be 1 to 128 letters, digits, hyphens, underscores and single dots inside")
	case strings.TrimSpace(m.Subject) == "":
		return invalid("subject is empty")
	case !isHeaderSafe(m.Subject):
		return invalid("subject holds a control character or is not UTF-8")
	case m.Text == "" && m.HTML == "":
		return invalid("body is empty")
	case !utf8.ValidString(m.Text) || !utf8.ValidString(m.HTML):
		return invalid("body is not UTF-8")
	case m.Date.IsZero():
		return invalid("date is missing")
	}

	for i, a := range m.Attachments {
		if err := a.validate(); err != nil {
			return fmt.Errorf("attachment %d: %w", i+1, err)
		}
	}
	return nil
}

func (a Attachment) validate() error {
	switch {
	case a.Name == "" || len(a.Name) > maxFileName:
		return invalid(fmt.Sprintf("name must be 1 to %d bytes", maxFileName))
	case !isHeaderSafe(a.Name) || strings.ContainsAny(a.Name, `/\`):
		return invalid("name holds a control character or a slash, or is not UTF-8")
	case !isHeaderSafe(a.ContentType):
		return invalid("content type holds a control character or is not UTF-8")
	}

	if a.ContentType == "" {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(a.ContentType); err != nil || !strings.Contains(kind, "/") {
		return invalid("content type is not a MIME type")
	}
	return nil
}

// addresses are a message's parsed addresses; replyTo is nil for none.
type addresses struct {
	from, to, replyTo *mail.Address
}

func (m Message) addresses() (addresses, error) {
	var (
		parsed addresses
		err    error
	)

	if parsed.from, err = parseAddress("from", m.From); err != nil {
		return addresses{}, err
	}
	if parsed.to, err = parseAddress("to", m.To); err != nil {
		return addresses{}, err
	}
	if !isHeaderSafe(m.ToName) {
		return addresses{}, invalid("recipient's name holds a control character or is not UTF-8")
	}
	if m.ToName != "" {
		parsed.to.Name = m.ToName
	}

	if m.ReplyTo == "" {
		return parsed, nil
	}
	if parsed.replyTo, err = parseAddress("reply-to", m.ReplyTo); err != nil {
		return addresses{}, err
	}
	return parsed, nil
}

// parseAddress parses one address and writes its domain in ASCII (RFC 5891),
// which every server understands. It refuses quoted local parts: they are legal
// and next to never real, and they are how SMTP parameters get smuggled in.
func parseAddress(field, value string) (*mail.Address, error) {
	if !isHeaderSafe(value) {
		return nil, invalid(field + " address holds a control character or is not UTF-8")
	}

	parsed, err := mail.ParseAddress(value)
	if err != nil {
		return nil, fmt.Errorf("%w: %s address: %w", ErrInvalid, field, err)
	}

	at := strings.LastIndexByte(parsed.Address, '@')
	local, domain := parsed.Address[:at], parsed.Address[at+1:]
	if strings.ContainsAny(local, " \"(),:;<>@[\\]") {
		return nil, invalid(field + " address has a quoted local part")
	}

	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		return nil, fmt.Errorf("%w: %s address: domain: %w", ErrInvalid, field, err)
	}
	parsed.Address = local + "@" + ascii
	return parsed, nil
}

// isMessageID reports whether s is fit for a Message-ID and for a file name.
func isMessageID(s string) bool {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
	return s != "" && len(s) <= 128 && strings.Trim(s, alphabet) == "" &&
		!strings.HasPrefix(s, ".") && !strings.HasSuffix(s, ".") && !strings.Contains(s, "..")
}

// isHeaderSafe reports whether s may stand in a header: valid UTF-8 without
// line breaks or other control characters.
func isHeaderSafe(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

func invalid(reason string) error {
	return fmt.Errorf("%w: %s", ErrInvalid, reason)
}
