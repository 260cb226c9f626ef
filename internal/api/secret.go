package api

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"io"
	"strings"
)

// Prefixes of tokens: what they may touch is told at a glance, by people and by
// secret scanners.
const (
	LivePrefix = "rs_live_"
	TestPrefix = "rs_test_"
)

const (
	secretBytes  = 32 // 256 bits
	tokenLetters = 52 + 7
)

// ErrMangledToken is given for text that cannot be a token: cut off, mistyped, or
// something else altogether.
var ErrMangledToken = errors.New("this is not an API token, or was mistyped: one starts with rs_live_ or rs_test_, is 67 characters long, and ends in a check")

func tokenEncoding() *base32.Encoding {
	return base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
}

// NewToken makes a token of 256 random bits and a CRC-32 of them.
func NewToken(random io.Reader, prefix string) (string, error) {
	raw := make([]byte, secretBytes)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", err
	}
	return prefix + encode(raw), nil
}

// CheckToken tells a mangled token from one that might be valid, offline.
func CheckToken(token string) error {
	body, live := strings.CutPrefix(token, LivePrefix)
	if !live {
		rest, test := strings.CutPrefix(token, TestPrefix)
		if !test {
			return ErrMangledToken
		}
		body = rest
	}
	if len(body) != tokenLetters {
		return ErrMangledToken
	}
	raw, err := tokenEncoding().DecodeString(body[:tokenLetters-7])
	// Encoded again, because base 32 of 256 bits leaves four of its last letter
	// unused, and the decoder passes over them and over line breaks.
	if err != nil || encode(raw) != body {
		return ErrMangledToken
	}
	return nil
}

// HashToken is what the server keeps of a token: its SHA-256 in hex. The token
// has 256 bits of its own, so it needs no salt.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

func encode(raw []byte) string {
	sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(raw))
	return tokenEncoding().EncodeToString(raw) + tokenEncoding().EncodeToString(sum)
}
