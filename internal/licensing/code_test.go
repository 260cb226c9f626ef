package licensing

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// anyCode draws a generated code without hyphens.
func anyCode(t *rapid.T) string {
	g := NewCodeGenerator(bytes.NewReader(bytes.Repeat(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "random"), blockSize/16)))
	generate := rapid.SampledFrom([]func() (string, error){g.Key, g.Coupon}).Draw(t, "kind")
	code, err := generate()
	require.NoError(t, err)
	return strings.ReplaceAll(code, "-", "")
}

func TestEveryMistypedCharacterIsDetected(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := anyCode(t)
		require.True(t, HasCheck(code))
		for i := range code {
			for _, c := range codeAlphabet {
				wrong := code[:i] + string(c) + code[i+1:]
				if wrong != code && HasCheck(wrong) {
					t.Fatalf("%s passes for %s", wrong, code)
				}
			}
		}
	})
}

func TestEveryExchangeIsDetected(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := anyCode(t)
		for i := range code {
			for j := range i {
				wrong := []byte(code)
				wrong[i], wrong[j] = wrong[j], wrong[i]
				if code[i] != code[j] && HasCheck(string(wrong)) {
					t.Fatalf("%s passes for %s", wrong, code)
				}
			}
		}
	})
}

func TestCodesAreForgiven(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := anyCode(t)
		var typed strings.Builder
		for _, c := range code {
			switch c {
			case '0':
				c = rapid.SampledFrom([]rune("0Oo")).Draw(t, "zero")
			case '1':
				c = rapid.SampledFrom([]rune("1IiLl")).Draw(t, "one")
			}
			s := string(c)
			if rapid.Bool().Draw(t, "lower") {
				s = strings.ToLower(s)
			}
			typed.WriteString(rapid.SampledFrom([]string{"", "", " ", "-", " - "}).Draw(t, "between") + s)
		}
		if len(code) == CouponLength {
			got, ok := CanonicalCoupon(typed.String())
			require.True(t, ok)
			require.Equal(t, code, got)
			return
		}
		key, err := CanonicalKey(typed.String())
		require.NoError(t, err)
		require.Equal(t, groupKey([]byte(code)), GeneratedForm(key))
		require.True(t, HasCheck(GeneratedForm(key)))
	})
}

func TestCanonicalKey(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"ACME-2026-SIGN-0001":     "ACME-2026-SIGN-0001",
		"acme2026sign0001":        "ACME-2026-SIGN-0001",
		" acme 2026 sign 0001 ":   "ACME-2026-SIGN-0001", //nolint:gocritic // the spaces are the case
		"AC-ME20-26SIG-N0001":     "ACME-2026-SIGN-0001",
		"OIL0-OIL1-UUUU-ZZZZ":     "OIL0-OIL1-UUUU-ZZZZ",
		"0000-0000-0000-0000----": "0000-0000-0000-0000",
	} {
		got, err := CanonicalKey(in)
		require.NoError(t, err, in)
		require.Equal(t, want, got)
	}
	for _, in := range []string{
		"", "-", "ACME-2026-SIGN-000", "ACME-2026-SIGN-00011", "ACME-2026-SIGN-000!", "ACME_2026_SIGN_0001",
		"ÄCME-2026-SIGN-001", "ACME-2026-SIGN-00\x0001", "ACME-2026-SIGN-\xff001", strings.Repeat("A", 1000),
	} {
		got, err := CanonicalKey(in)
		require.Equal(t, CodeInvalidKey, CodeOf(err), "%q", in)
		require.Empty(t, got)
	}
}

func TestNotACoupon(t *testing.T) {
	t.Parallel()
	coupon, err := seededCodes(2).Coupon()
	require.NoError(t, err)
	for _, in := range []string{"", "-", coupon[:7], coupon + "0", "UUUUUUUU", "!!!!!!!!", "ÄÄÄÄ", "com_" + coupon} {
		_, ok := CanonicalCoupon(in)
		require.False(t, ok, "%q", in)
	}
}

func TestHasCheckOfNoCode(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "-", "0", "ACME-2026-SIGN-000U", "0!0", "lower", "\xff\xff"} {
		require.False(t, HasCheck(s), "%q", s)
	}
}
