package service

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
)

// SealKey derives, from the secret of a caller's token, the key of what only that
// caller may read again. Of tokens the database has hashes alone, so that it can open
// nothing of what it keeps.
func SealKey(secret string) []byte {
	key := sha256.Sum256([]byte("seal\n" + secret))
	return key[:]
}

// seal encrypts what is in an answer that is kept for repeats of the request.
func (c Caller) seal(text string) ([]byte, error) {
	aead, err := c.aead()
	if err != nil {
		return nil, err
	}
	return aead.Seal(nil, nil, []byte(text), []byte(c.IdempotencyKey)), nil //nolint:gosec // the key is made for this secret alone
}

// open decrypts what was sealed. It fails with idempotency_key_reused for any other
// caller.
func (c Caller) open(sealed []byte) (string, error) {
	aead, err := c.aead()
	if err != nil {
		return "", err
	}
	text, err := aead.Open(nil, nil, sealed, []byte(c.IdempotencyKey))
	if err != nil {
		return "", licensing.Errorf(licensing.CodeKeyReused, "this idempotency key was used with another token").
			WithHint("use a new key for a new request").Because(err)
	}
	return string(text), nil
}

func (c Caller) aead() (cipher.AEAD, error) {
	block, err := aes.NewCipher(c.SealKey)
	if err != nil {
		return nil, fmt.Errorf("seal an answer: %w", err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// newNonce is a random name for something that happens once.
func newNonce() string { return rand.Text() }
