package payment_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/payment"
)

func dev(t *testing.T, key byte) *payment.Dev {
	t.Helper()
	d, err := payment.NewDev("http://127.0.0.1:8080/", bytes.Repeat([]byte{key}, 32))
	require.NoError(t, err)
	return d
}

func TestNewDev(t *testing.T) {
	t.Parallel()

	_, err := payment.NewDev("127.0.0.1:8080", make([]byte, 32))
	require.ErrorContains(t, err, "base URL")
	_, err = payment.NewDev("http://127.0.0.1:8080", make([]byte, 15))
	require.ErrorContains(t, err, "at least 16 bytes")

	// The caller's bytes are the caller's.
	key := bytes.Repeat([]byte{1}, 32)
	d, err := payment.NewDev("http://127.0.0.1:8080", key)
	require.NoError(t, err)
	before := d.Secret("ord_1")
	clear(key)
	require.Equal(t, before, d.Secret("ord_1"))
}

func TestDevStart(t *testing.T) {
	t.Parallel()

	d, c := dev(t, 1), checkout()
	session, err := d.Start(t.Context(), c)
	require.NoError(t, err)
	secret, isPage := strings.CutPrefix(session.URL, "http://127.0.0.1:8080/pay/")
	require.True(t, isPage, session.URL)
	require.Equal(t, d.Secret(c.OrderID), secret)
	require.Regexp(t, `^[A-Za-z0-9_-]+$`, secret)
	require.Equal(t, payment.Session{
		Provider: "dev", Reference: "dev_" + c.OrderID, URL: session.URL, ExpiresAt: c.ExpiresAt,
	}, session)

	again, err := d.Start(t.Context(), c)
	require.NoError(t, err)
	require.Equal(t, session, again)

	event, err := d.Lookup(t.Context(), session.Reference)
	require.NoError(t, err)
	require.Equal(t, payment.Event{Kind: payment.Ignored, OrderID: c.OrderID, Reference: session.Reference}, event)
	require.NoError(t, d.Cancel(t.Context(), session.Reference))
	for range 2 {
		require.NoError(t, d.Refund(t.Context(), refund()))
	}
}

func TestDevSecret(t *testing.T) {
	t.Parallel()

	mine, other := dev(t, 1), dev(t, 2)
	rapid.Check(t, func(t *rapid.T) {
		orderID := rapid.StringN(1, 200, -1).Draw(t, "order")
		secret := mine.Secret(orderID)
		got, valid := mine.OrderID(secret)
		require.True(t, valid)
		require.Equal(t, orderID, got)
		require.Equal(t, secret, mine.Secret(orderID))
		require.NotEqual(t, secret, other.Secret(orderID))

		// Any other text is none: a letter changed, added or lost.
		i := rapid.IntRange(0, len(secret)-1).Draw(t, "at")
		letter := rapid.SampledFrom([]byte("AZaz09-_=. /")).Draw(t, "letter")
		for _, wrong := range []string{
			secret[:i] + string(letter) + secret[i+1:],
			secret[:i] + string(letter) + secret[i:],
			secret[:i] + secret[i+1:],
		} {
			if wrong == secret {
				continue
			}
			_, valid = mine.OrderID(wrong)
			require.False(t, valid, wrong)
		}
		_, valid = other.OrderID(secret)
		require.False(t, valid)
	})

	// One page has one URL: the spare bits of the last letter count, and so does
	// a line end, which base64 would pass over.
	secret, spellings := mine.Secret("ord_12"), 0
	for last := rune(1); last < 128; last++ {
		if _, valid := mine.OrderID(secret[:len(secret)-1] + string(last)); valid {
			spellings++
		}
	}
	require.Equal(t, 1, spellings)
	_, valid := mine.OrderID(secret + "\n")
	require.False(t, valid)

	for _, none := range []string{"", "AAAA", mine.Secret(""), mine.Secret("ord_1")[:21]} {
		_, valid := mine.OrderID(none)
		require.False(t, valid, none)
	}
}
