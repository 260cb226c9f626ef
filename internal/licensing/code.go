package licensing

import (
	"fmt"
	"io"
	"strings"
)

// codeAlphabet is Crockford's base 32: digits and letters without I, L, O, U.
const codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Lengths of the codes, in characters without hyphens; the last of a generated
// code is its check character.
const (
	CouponLength = 8
	KeyLength    = 16
	keyGroup     = 4
)

const blockSize = 1 << 16

// CodeGenerator makes random codes. It is not safe for concurrent use.
type CodeGenerator struct {
	random io.Reader
	block  []byte
	left   int // bytes at the end of block not used yet
}

// NewCodeGenerator reads its randomness, in 64 kB blocks, from random:
// crypto/rand.Reader outside of tests.
func NewCodeGenerator(random io.Reader) *CodeGenerator {
	return &CodeGenerator{random: random}
}

// Coupon makes an 8-character coupon.
func (g *CodeGenerator) Coupon() (string, error) {
	var code [CouponLength]byte
	if err := g.fill(code[:]); err != nil {
		return "", fmt.Errorf("make a coupon: %w", err)
	}
	return string(code[:]), nil
}

// Key makes an activation key in the form XXXX-XXXX-XXXX-XXXX.
func (g *CodeGenerator) Key() (string, error) {
	var code [KeyLength]byte
	if err := g.fill(code[:]); err != nil {
		return "", fmt.Errorf("make a key: %w", err)
	}
	return groupKey(code[:]), nil
}

// fill makes a code of random characters and their check character. The alphabet
// has 32 characters, so five bits of a byte choose one without bias.
func (g *CodeGenerator) fill(code []byte) error {
	if g.left < len(code) {
		if err := g.read(); err != nil {
			return err
		}
	}
	random := g.block[len(g.block)-g.left:]
	g.left -= len(code)
	var sum uint32 // reduced once: a code has at most 16 characters
	last := len(code) - 1
	for i := range last {
		v := random[i] & 31
		code[i] = codeAlphabet[v]
		sum = sum<<1 ^ uint32(v)
	}
	code[last] = codeAlphabet[reduce(sum<<1)]
	return nil
}

// read leaves nothing to use when it fails, so that no code is ever made of bytes
// that are not random.
func (g *CodeGenerator) read() error {
	g.left = 0
	if g.block == nil {
		g.block = make([]byte, blockSize)
	}
	if _, err := io.ReadFull(g.random, g.block); err != nil {
		return fmt.Errorf("read random bytes: %w", err)
	}
	g.left = len(g.block)
	return nil
}

func groupKey(code []byte) string {
	var b [KeyLength + 3]byte
	copy(b[0:4], code[0:4])
	copy(b[5:9], code[4:8])
	copy(b[10:14], code[8:12])
	copy(b[15:19], code[12:16])
	b[4], b[9], b[14] = '-', '-', '-'
	return string(b[:])
}

// checkCharacter is a weighted sum over the field GF(32), with a different power
// of the generator for each place: it differs after any one wrong character and
// after any two exchanged ones.
func checkCharacter(code []byte) byte {
	var sum uint32
	for _, c := range code {
		sum = reduce(sum<<1) ^ uint32(strings.IndexByte(codeAlphabet, c))
	}
	return codeAlphabet[reduce(sum<<1)]
}

// reduce takes a polynomial modulo the primitive x^5+x^2+1, so that shifting left
// multiplies by the generator x of GF(32).
func reduce(v uint32) uint32 {
	for v > 31 {
		high := v >> 5
		v = v&31 ^ high ^ high<<2
	}
	return v
}

// CanonicalKey reads a key in any case, with or without hyphens and spaces, and
// writes it as XXXX-XXXX-XXXX-XXXX. It fails with invalid_key.
func CanonicalKey(s string) (string, error) {
	code := strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(s))
	if len(code) != KeyLength || !isAlphanumeric(code) {
		return "", Errorf(CodeInvalidKey, "a key is 16 letters A-Z and digits in the form XXXX-XXXX-XXXX-XXXX")
	}
	return groupKey([]byte(code)), nil
}

// KeyPrefix reads the beginning of a key as CanonicalKey reads a whole one. It
// reports false where no key begins so.
func KeyPrefix(s string) (string, bool) {
	code := strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(s))
	if code == "" || len(code) > KeyLength || !isAlphanumeric(code) {
		return "", false
	}
	var groups []string
	for len(code) > keyGroup {
		groups = append(groups, code[:keyGroup])
		code = code[keyGroup:]
	}
	return strings.Join(append(groups, code), "-"), true
}

// GeneratedForm forgives what a reader of a generated code mistypes: O for 0, and
// I or L for 1. The argument is a canonical key or coupon.
func GeneratedForm(code string) string {
	return strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(code)
}

// HasCheck reports whether the last character of a key or coupon is the check
// character of the others: false tells a mistyped code from an unknown one.
func HasCheck(code string) bool {
	c := []byte(strings.ReplaceAll(code, "-", ""))
	if len(c) < 2 || strings.Trim(string(c), codeAlphabet) != "" {
		return false
	}
	return checkCharacter(c[:len(c)-1]) == c[len(c)-1]
}

// CanonicalCoupon reads a coupon in any case, with hyphens and spaces, and with
// O, I and L mistyped. It reports false where the text cannot be a coupon.
func CanonicalCoupon(s string) (string, bool) {
	code := GeneratedForm(strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(s)))
	return code, len(code) == CouponLength && HasCheck(code)
}

func isAlphanumeric(s string) bool {
	for i := range len(s) {
		if (s[i] < 'A' || s[i] > 'Z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}
