// Package letter writes the messages that go out: one file for each.
package letter

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
)

// Welcome brings a person a password that they can sign in with.
type Welcome struct {
	ID       string // of the message
	Vendor   licensing.Vendor
	Reseller licensing.Reseller // none for the vendor's own people
	User     licensing.User
	Password string
	Host     string // address of the API; empty where it is not known
	At       time.Time
}

// Message is the mail.
func (w Welcome) Message() mail.Message {
	return mail.Message{
		ID: w.ID, From: w.Vendor.MailFrom, To: w.User.Email, ToName: w.User.Name, Date: w.At,
		Subject: fmt.Sprintf("Your account at %s", w.Vendor.Name), Text: w.text(),
	}
}

func (w Welcome) text() string {
	var b strings.Builder
	host := cmp.Or(w.Host, "https://…")
	fmt.Fprintf(&b, "Hello %s,\n\nyou have an account at %s, for %s.\n\n", w.User.Name, w.Vendor.Name, cmp.Or(w.Reseller.Name, w.Vendor.Name))
	fmt.Fprintf(&b, "Login     %s\nPassword  %s\n", w.User.Login, w.Password)
	if w.Host != "" {
		fmt.Fprintf(&b, "Address   %s\n", w.Host)
	}
	fmt.Fprintf(&b, "\nSign in, and choose a password of your own:\n\n  resell auth login --host %s --login %s\n  resell user password\n", host, w.User.Login)
	fmt.Fprintf(&b, "\nThe password is in this message alone. If it is lost, an owner of your account can have\nanother one mailed to you.\n")
	return b.String()
}
