package licensefile

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"strings"
)

// FormatPublicKey writes a public key as 64 hexadecimal digits, the form that SDKs take.
func FormatPublicKey(key ed25519.PublicKey) string { return hex.EncodeToString(key) }

// ParsePublicKey reads a public key of 64 hexadecimal digits, or in PEM as OpenSSL
// writes it. Space around it is forgiven.
func ParsePublicKey(text string) (ed25519.PublicKey, error) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "-----BEGIN ") {
		return parsePEM(text)
	}
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, errors.New("not an Ed25519 public key: 64 hexadecimal digits, or PEM")
	}
	return key, nil
}

func parsePEM(text string) (ed25519.PublicKey, error) {
	block, rest := pem.Decode([]byte(text))
	switch {
	case block == nil:
		return nil, errors.New("not a public key: the PEM is damaged")
	case strings.HasSuffix(block.Type, "PRIVATE KEY"):
		return nil, errors.New("this is a private key, which only the signer may have: give the public one")
	case block.Type != "PUBLIC KEY" || strings.TrimSpace(string(rest)) != "":
		return nil, errors.New("not a public key: the PEM holds something else")
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, errors.New("not a public key: the PEM is damaged")
	}
	key, ok := parsed.(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("a public key, but not of Ed25519")
	}
	return key, nil
}
