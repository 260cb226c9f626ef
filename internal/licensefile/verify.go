package licensefile

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
)

// clockDrift is how far ahead the clock of the issuer may be.
const clockDrift = 5 * time.Minute

// Verify checks that a file was signed with the private key of public and not changed
// since, to the last bit, and that file and license are valid at now; then it gives
// what the file says. The secret is that of an encrypted file, and not looked at
// otherwise. A refusal is an *Error. Where that is about time the license is given too:
// it is genuine. Line ends of another system, and a missing one at the end, are forgiven.
func Verify(file []byte, public ed25519.PublicKey, secret string, now time.Time) (License, error) {
	if len(public) != ed25519.PublicKeySize {
		return License{}, errors.New("verify license file: not an Ed25519 public key")
	}
	c, err := parse(file)
	if err != nil {
		return License{}, err
	}
	if err := c.verify(public); err != nil {
		return License{}, err
	}
	text, err := c.open(secret)
	if err != nil {
		return License{}, err
	}
	l, err := decode(text)
	if err != nil {
		return License{}, err
	}
	return l, l.validAt(now)
}

// verify checks the signature.
func (c certificate) verify(public ed25519.PublicKey) error {
	if c.Alg != algPlain && c.Alg != algEncrypted {
		return malformed("it is signed in another way than with Ed25519", nil)
	}
	sig, err := unbase64(c.Sig)
	if err != nil {
		return malformed("it has no signature", err)
	}
	if !ed25519.Verify(public, c.signed(), sig) {
		return &Error{Reason: NotGenuine, Detail: "the license file is not genuine: another key has signed it, or it was changed"}
	}
	return nil
}

// open gives the document.
func (c certificate) open(secret string) ([]byte, error) {
	if c.Alg == algPlain {
		text, err := unbase64(c.Enc)
		if err != nil {
			return nil, malformed("its content is not base64", err)
		}
		return text, nil
	}
	parts := strings.Split(c.Enc, ".")
	if len(parts) != 3 {
		return nil, malformed("its content is not encrypted as it says", nil)
	}
	var raw [3][]byte
	for i, part := range parts {
		var err error
		if raw[i], err = unbase64(part); err != nil {
			return nil, malformed("its content is not base64", err)
		}
	}
	if secret == "" {
		return nil, &Error{Reason: SecretMissing, Detail: "the license file is encrypted, and no secret was given"}
	}
	return decrypt(raw[0], raw[1], raw[2], secret)
}

func decrypt(text, iv, tag []byte, secret string) ([]byte, error) {
	gcm, err := newGCM(secret)
	if err != nil {
		return nil, fmt.Errorf("verify license file: %w", err)
	}
	if len(iv) != gcm.NonceSize() || len(tag) != gcm.Overhead() {
		return nil, malformed("its content is not encrypted as it says", nil)
	}
	plain, err := gcm.Open(nil, iv, append(text, tag...), nil)
	if err != nil {
		return nil, &Error{Reason: WrongSecret, Detail: "the license file is encrypted with another secret", Cause: err}
	}
	return plain, nil
}

// validAt refuses what is not valid at now. Of two reasons it gives the one that a new
// file would not mend.
func (l License) validAt(now time.Time) error {
	switch {
	case l.Issued.Sub(now) > clockDrift:
		return &Error{Reason: NotYetIssued, Detail: "the license file was issued in the future, at " + l.Issued.Format(time.RFC3339)}
	case !l.EndsOn.IsZero() && !now.Before(l.EndsOn):
		return &Error{Reason: Ended, Detail: "the license ended on " + l.EndsOn.Format(time.DateOnly)}
	case now.Before(l.StartsOn):
		return &Error{Reason: NotStarted, Detail: "the license starts on " + l.StartsOn.Format(time.DateOnly)}
	case !l.Expiry.IsZero() && now.After(l.Expiry):
		return &Error{Reason: Expired, Detail: "the license file expired at " + l.Expiry.Format(time.RFC3339)}
	}
	return nil
}

func unbase64(text string) ([]byte, error) {
	if strings.ContainsAny(text, "\r\n") { // which Go's decoder skips
		return nil, errors.New("a line break within base64")
	}
	return base64.StdEncoding.Strict().DecodeString(text)
}
