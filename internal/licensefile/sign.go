package licensefile

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
)

// Sign makes the license file of l. With a secret, which is by custom the key that the
// customer has, the file can be read only by who knows it; "" leaves it readable. It
// fails for a license that makes no sense and for one that is larger than MaxSize.
func Sign(private ed25519.PrivateKey, l License, secret string) ([]byte, error) {
	if len(private) != ed25519.PrivateKeySize {
		return nil, errors.New("sign license file: not an Ed25519 private key")
	}
	text, err := l.encode()
	if err != nil {
		return nil, fmt.Errorf("sign license file: %w", err)
	}
	c := certificate{Enc: base64.StdEncoding.EncodeToString(text), Alg: algPlain}
	if secret != "" {
		c.Alg = algEncrypted
		if c.Enc, err = encrypt(text, secret); err != nil {
			return nil, fmt.Errorf("sign license file: %w", err)
		}
	}
	c.Sig = base64.StdEncoding.EncodeToString(ed25519.Sign(private, c.signed()))
	file, err := c.encode()
	if err != nil {
		return nil, fmt.Errorf("sign license file: %w", err)
	}
	if len(file) > MaxSize {
		return nil, fmt.Errorf("sign license file: %d bytes, more than %d", len(file), MaxSize)
	}
	return file, nil
}

// encrypt gives ciphertext.iv.tag, each in base64.
func encrypt(text []byte, secret string) (string, error) {
	gcm, err := newGCM(secret)
	if err != nil {
		return "", err
	}
	iv := make([]byte, gcm.NonceSize())
	if _, err := rand.Read(iv); err != nil {
		return "", fmt.Errorf("read random bytes: %w", err)
	}
	sealed := gcm.Seal(nil, iv, text, nil)
	at := len(sealed) - gcm.Overhead()
	b64 := base64.StdEncoding.EncodeToString
	return b64(sealed[:at]) + "." + b64(iv) + "." + b64(sealed[at:]), nil
}

func newGCM(secret string) (cipher.AEAD, error) {
	key := sha256.Sum256([]byte(secret))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return gcm, nil
}
