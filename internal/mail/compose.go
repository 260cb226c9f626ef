package mail

import (
	"bytes"
	"fmt"
	"maps"
	"mime"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// compose validates m and lays it out as a MIME message.
func compose(m Message) (*gomail.Msg, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	who, err := m.addresses()
	if err != nil {
		return nil, err
	}

	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(who.from)
	msg.ToMailAddress(who.to)
	if who.replyTo != nil {
		msg.ReplyToMailAddress(who.replyTo)
	}

	domain := who.from.Address[strings.LastIndexByte(who.from.Address, '@')+1:]
	msg.SetMessageIDWithValue(m.ID + "@" + domain)
	msg.SetDateWithValue(m.Date)
	msg.Subject(m.Subject)
	// RFC 3834: keeps out-of-office robots from answering.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")

	setBody(msg, m)

	for _, a := range m.Attachments {
		if err := attach(msg, a); err != nil {
			return nil, fmt.Errorf("attach %q: %w", a.Name, err)
		}
	}
	return msg, nil
}

func setBody(msg *gomail.Msg, m Message) {
	if m.Text == "" {
		msg.SetBodyString(gomail.TypeTextHTML, m.HTML)
		return
	}

	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
}

// attach adds a file and writes its headers itself: the library puts encoded
// words inside quoted parameters, which RFC 2047 forbids and RFC 2231 replaces.
func attach(msg *gomail.Msg, a Attachment) error {
	kind, params, err := mime.ParseMediaType(a.ContentType)
	if err != nil {
		kind, params = "application/octet-stream", nil
	}
	withName := map[string]string{"name": a.Name}
	maps.Copy(withName, params)
	withName["name"] = a.Name

	return msg.AttachReader(a.Name, bytes.NewReader(a.Data), func(f *gomail.File) {
		f.Header.Set("Content-Type", mime.FormatMediaType(kind, withName))
		f.Header.Set("Content-Disposition",
			mime.FormatMediaType("attachment", map[string]string{"filename": a.Name}))
	})
}
