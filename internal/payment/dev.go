package payment

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

const (
	// minDevKey is the least that the key of a [Dev] may have, in bytes.
	minDevKey = 16
	// devMAC is how much of the HMAC goes into a secret: 128 bits.
	devMAC = 16
)

// Dev is the [Provider] of development: it moves no money. Its page is
// reselld's own, at {base}/pay/{secret}, and what is done there is the
// installation's own business: no event comes of it.
type Dev struct {
	base string
	key  []byte
}

// NewDev returns a provider whose pages lie below base, an absolute URL. Secrets
// are derived from key, at least 16 bytes that belong to the installation alone.
func NewDev(base string, key []byte) (*Dev, error) {
	switch {
	case !isWebURL(base):
		return nil, errors.New("payment pages need a base URL that begins with https:// or http:// and a host")
	case len(key) < minDevKey:
		return nil, fmt.Errorf("payment pages need a key of at least %d bytes", minDevKey)
	}
	return &Dev{base: strings.TrimRight(base, "/"), key: append([]byte(nil), key...)}, nil
}

// Name is "dev".
func (*Dev) Name() string { return "dev" }

// Start gives the page of the order, the same each time.
func (d *Dev) Start(ctx context.Context, c Checkout) (Session, error) {
	if err := precheck(ctx, c.validate()); err != nil {
		return Session{}, fmt.Errorf("start payment of order %s: %w", c.OrderID, err)
	}

	return Session{
		Provider:  d.Name(),
		Reference: "dev_" + c.OrderID,
		URL:       d.base + "/pay/" + d.Secret(c.OrderID),
		ExpiresAt: c.ExpiresAt,
	}, nil
}

// Cancel closes nothing: the page shows what the order's state allows.
func (*Dev) Cancel(ctx context.Context, reference string) error {
	if err := precheck(ctx, needReference(reference)); err != nil {
		return fmt.Errorf("cancel payment %s: %w", reference, err)
	}
	return nil
}

// Lookup has no news: what was done on the page is in the order already.
func (*Dev) Lookup(ctx context.Context, reference string) (Event, error) {
	if err := precheck(ctx, needReference(reference)); err != nil {
		return Event{}, fmt.Errorf("look up payment %s: %w", reference, err)
	}
	return Event{Kind: Ignored, OrderID: strings.TrimPrefix(reference, "dev_"), Reference: reference}, nil
}

// Refund succeeds: there is no money to move.
func (*Dev) Refund(ctx context.Context, r Refund) error {
	if err := precheck(ctx, r.validate()); err != nil {
		return fmt.Errorf("refund order %s: %w", r.OrderID, err)
	}
	return nil
}

// Secret is the last part of the URL of an order's page. It carries the order's
// id, cannot be guessed, and is the same each time.
func (d *Dev) Secret(orderID string) string {
	return base64.RawURLEncoding.EncodeToString(append(d.sign(orderID), orderID...))
}

// OrderID gives back the order that a secret was made for, and false for any
// text that is no secret of this installation.
func (d *Dev) OrderID(secret string) (string, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(secret)
	if err != nil || len(raw) <= devMAC {
		return "", false
	}
	orderID := string(raw[devMAC:])
	// As texts, because base64 can be written in more than one way.
	if !hmac.Equal([]byte(secret), []byte(d.Secret(orderID))) {
		return "", false
	}
	return orderID, true
}

// sign sets its purpose in front, because the key signs other things elsewhere.
func (d *Dev) sign(orderID string) []byte {
	mac := hmac.New(sha256.New, d.key)
	mac.Write([]byte("payment page\n" + orderID))
	return mac.Sum(nil)[:devMAC]
}

func precheck(ctx context.Context, invalid error) error {
	if invalid != nil {
		return invalid
	}
	return ctx.Err()
}

func needReference(reference string) error {
	if reference == "" {
		return invalid("reference is missing")
	}
	return nil
}
