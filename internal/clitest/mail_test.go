package clitest_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/resell-cli/resell/internal/clitest"
)

const mailWait = 20 * time.Second

// mails waits until so many mails have gone out, and prints what they say and the names
// of what is attached, which is put beside them: [-last] [-orders] [-to ADDRESS] COUNT.
// With -last it prints the last of them alone, with -to it passes over those to anyone
// else. Those that confirm an order are left out, and with -orders the others are.
func (r *runner) mails(ts *testscript.TestScript, args []string) {
	var last, orders bool
	var to string
	for len(args) > 1 {
		switch {
		case args[0] == "-last":
			last = true
		case args[0] == "-orders":
			orders = true
		case args[0] == "-to" && len(args) > 2:
			to, args = args[1], args[1:]
		default:
			ts.Fatalf("mails [-last] [-orders] [-to ADDRESS] COUNT")
		}
		args = args[1:]
	}
	count, err := strconv.Atoi(one(ts, args))
	ts.Check(err)
	ctx, cancel := context.WithTimeout(r.tb.Context(), mailWait)
	defer cancel()
	r.server.Mails.Await(ctx, to, orders, count)
	files, err := filepath.Glob(ts.MkAbs("mail/*.eml"))
	ts.Check(err)
	files = slices.DeleteFunc(files, func(name string) bool { return strings.Contains(name, "-"+clitest.Confirmation) != orders })
	slices.SortFunc(files, func(a, b string) int { return cmp.Compare(written(ts, a), written(ts, b)) })
	var said []string
	for _, file := range files {
		addressee, text := readMail(ts, file)
		if to == "" || addressee == to {
			said = append(said, text)
		}
	}
	if len(said) != count {
		ts.Fatalf("%d mails, not %d", len(said), count)
	}
	if last {
		said = said[len(said)-1:]
	}
	for _, text := range said {
		fmt.Fprintln(ts.Stdout(), text)
	}
}

// letters waits until so many mails with this in their subject have gone out, and prints
// them: COUNT SUBJECT. Mails about other things do not count.
func (r *runner) letters(ts *testscript.TestScript, args []string) {
	if len(args) != 2 {
		ts.Fatalf("letters COUNT SUBJECT")
	}
	count, err := strconv.Atoi(args[0])
	ts.Check(err)
	ctx, cancel := context.WithTimeout(r.tb.Context(), mailWait)
	defer cancel()
	found := r.server.Mails.AwaitAbout(ctx, args[1], count)
	if len(found) != count {
		ts.Fatalf("%d mails, not %d", len(found), count)
	}
	for _, m := range found {
		fmt.Fprintf(ts.Stdout(), "To: %s\nSubject: %s\n\n%s\n", m.To, m.Subject, m.Text)
	}
}

func written(ts *testscript.TestScript, file string) int64 {
	info, err := os.Stat(file)
	ts.Check(err)
	return info.ModTime().UnixNano()
}

// readMail gives the addressee of a mail, and all that it says.
func readMail(ts *testscript.TestScript, file string) (to, text string) {
	m, err := mail.ReadMessage(strings.NewReader(ts.ReadFile(file)))
	ts.Check(err)
	addressee, err := mail.ParseAddress(m.Header.Get("To"))
	ts.Check(err)
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(m.Header)) {
		value, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(name))
		ts.Check(err)
		fmt.Fprintf(&b, "%s: %s\n", name, value)
	}
	readPart(ts, &b, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), "", m.Body)
	return addressee.Address, b.String()
}

// readPart prints text, tells what is attached, and looks into what has parts.
func readPart(ts *testscript.TestScript, b *strings.Builder, kind, encoding, name string, body io.Reader) {
	media, params, err := mime.ParseMediaType(kind)
	ts.Check(err)
	if strings.HasPrefix(media, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for {
			part, err := parts.NextRawPart()
			if err == io.EOF {
				return
			}
			ts.Check(err)
			readPart(ts, b, part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part.FileName(), part)
		}
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	content, err := io.ReadAll(body)
	ts.Check(err)
	if name == "" {
		fmt.Fprintf(b, "\n%s\n", bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")))
		return
	}
	ts.Check(os.WriteFile(ts.MkAbs(filepath.Join("mail", name)), content, 0o600))
	fmt.Fprintf(b, "Attached: %s, %s, %d bytes\n", name, media, len(content))
}
