package service

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Page asks for a part of a list.
type Page struct {
	Cursor string // where the page before ended; empty for the first
	Limit  int    // rows, 1 to 500
}

// Listing is one page. Next is the cursor of the page after it, empty on the last.
type Listing[T any] struct {
	Rows []T
	Next string
}

// list reads one page, and one row more to tell whether there is another. The
// cursor is the id of the page's last row, signed together with the list's name and
// filter, so that it can be neither made up nor used on another list.
func list[T any](c Caller, name string, filter any, p Page, id func(T) string, fetch func(store.Page) ([]T, error)) (Listing[T], error) {
	after, err := openCursor(c, name, filter, p.Cursor)
	if err != nil {
		return Listing[T]{}, err
	}
	rows, err := fetch(store.Page{After: after, Limit: p.Limit + 1})
	if err != nil || len(rows) <= p.Limit {
		return Listing[T]{Rows: rows}, err
	}
	rows = rows[:p.Limit]
	next, err := sealCursor(c, name, filter, id(rows[len(rows)-1]))
	return Listing[T]{Rows: rows, Next: next}, err
}

func sealCursor(c Caller, name string, filter any, after string) (string, error) {
	mac, err := signCursor(c, name, filter, after)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString([]byte(after + " " + string(mac))), nil
}

func openCursor(c Caller, name string, filter any, cursor string) (string, error) {
	if cursor == "" {
		return "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	after, mac, ok := strings.Cut(string(raw), " ")
	if err == nil && ok {
		want, err := signCursor(c, name, filter, after)
		if err != nil {
			return "", err
		}
		if subtle.ConstantTimeCompare(want, []byte(mac)) == 1 {
			return after, nil
		}
	}
	return "", licensing.Errorf(licensing.CodeInvalidCursor, "the cursor is not one of this list").
		WithHint("start over without a cursor, with the same filter on every page")
}

func signCursor(c Caller, name string, filter any, after string) ([]byte, error) {
	text, err := json.Marshal(filter)
	if err != nil {
		return nil, fmt.Errorf("sign cursor: %w", err)
	}
	mac := hmac.New(sha256.New, []byte(c.Vendor.CursorKey))
	fmt.Fprintf(mac, "%s\n%s\n%s\n%s", c.owner(), name, text, after)
	return mac.Sum(nil)[:16], nil
}
