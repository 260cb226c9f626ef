//go:build unix

package realtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

// sell lets a customer of a server that mails to box buy for two companies, and
// gives the ids of the licenses.
func sell(t *testing.T, box *mailbox) (user, []string) {
	t.Helper()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db, "--smtp", box.url)
	u := customer(t, s.url, token)
	var licenses []string
	for _, name := range []string{"north", "south"} {
		u.must(t, "company", "create", "School "+name, "--domain", name+".example", "--email", "office@"+name+".example")
		for i := range 2 {
			licenses = append(licenses, u.must(t, "license", "add", "--company", name+".example", "--product", "seat", "--term", "yearly:1",
				"--quantity", strconv.Itoa(10+i), "--invoice-reference", fmt.Sprintf("PO-%s-%d", name, i), "--yes", "--json", "id", "--jq", ".id"))
		}
	}
	return u, licenses
}

func send(t *testing.T, u user, licenses []string) []api.Invoice {
	t.Helper()
	args := []string{"invoice", "send", "--yes", "--wait", "-o", "json"}
	for _, l := range licenses {
		args = append(args, "--license", l)
	}
	var invoices []api.Invoice
	require.NoError(t, json.Unmarshal([]byte(u.must(t, args...)), &invoices))
	return invoices
}

func TestMail(t *testing.T) {
	t.Parallel()
	box := newMailbox(t, nil)
	u, licenses := sell(t, box)

	invoices := send(t, u, licenses)
	require.Len(t, invoices, 2)
	again := u.resell(t, "invoice", "send", "--yes", "--license", licenses[0])
	require.Equal(t, 5, again.code, again.stderr)

	mails, attempts := box.received()
	require.Equal(t, 2, attempts)
	require.Len(t, mails, 2)
	for _, invoice := range invoices {
		require.NotNil(t, invoice.MailedAt)
		require.EqualValues(t, 250*(10+11), invoice.Amount)
		name := strings.TrimPrefix(invoice.Company.Name, "School ")
		got := mails[0]
		if got.to != invoice.Email {
			got = mails[1]
		}
		require.Equal(t, "office@"+name+".example", got.to)
		require.Equal(t, "licensing@vendor.example", got.from)
		require.Contains(t, got.replyTo, "sales@acme.example")
		require.Equal(t, "Invoice "+invoice.Number+" from Acme Resale", got.subject)
		for _, part := range []string{"Invoice " + invoice.Number, "52.50 EUR", "PO-" + name + "-0", "PO-" + name + "-1", "School " + name} {
			require.Contains(t, got.text, part)
		}
		require.Len(t, got.attached, 1)
		require.True(t, bytes.HasPrefix(got.attached[invoice.Number+".pdf"], []byte("%PDF-")), "the PDF arrives whole")
		require.True(t, bytes.HasSuffix(bytes.TrimSpace(got.attached[invoice.Number+".pdf"]), []byte("%%EOF")))
	}
	require.NotEqual(t, mails[0].id, mails[1].id)
}

// TestMailRefusedForNow has a mail server that is busy at first: the mail goes out
// with the next try, ten seconds later, and once.
func TestMailRefusedForNow(t *testing.T) {
	t.Parallel()
	box := newMailbox(t, func(attempt int) error {
		if attempt == 1 {
			return refusal(451, "try again later")
		}
		return nil
	})
	u, licenses := sell(t, box)

	invoices := send(t, u, licenses[:1])
	require.Len(t, invoices, 1)
	require.NotNil(t, invoices[0].MailedAt)
	require.Empty(t, invoices[0].MailError)
	mails, attempts := box.received()
	require.Equal(t, 2, attempts)
	require.Len(t, mails, 1)
	require.Contains(t, mails[0].subject, invoices[0].Number)
}

// TestMailRefused has a mail server that does not know the address: the invoice says so.
func TestMailRefused(t *testing.T) {
	t.Parallel()
	box := newMailbox(t, func(int) error { return refusal(550, "no such mailbox here") })
	u, licenses := sell(t, box)

	invoices := send(t, u, licenses[:1])
	require.Len(t, invoices, 1)
	require.Nil(t, invoices[0].MailedAt)
	require.Contains(t, invoices[0].MailError, "no such mailbox here")
	view := u.must(t, "invoice", "view", invoices[0].Number, "-o", "json", "--jq", ".mail_error")
	require.Contains(t, view, "no such mailbox here")
	mails, attempts := box.received()
	require.Equal(t, 1, attempts)
	require.Empty(t, mails)
}
