package licensing

import (
	"crypto/rand"
	"errors"
	"io"
	mathrand "math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// seededCodes makes the same codes for the same seed.
func seededCodes(seed byte) *CodeGenerator {
	return NewCodeGenerator(mathrand.NewChaCha8([32]byte{seed}))
}

func TestGeneratedCodes(t *testing.T) {
	t.Parallel()
	g, seen := seededCodes(1), map[string]bool{}
	for range 20_000 {
		key, err := g.Key()
		require.NoError(t, err)
		require.Regexp(t, `^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$`, key)
		require.True(t, HasCheck(key))
		canonical, err := CanonicalKey(key)
		require.NoError(t, err)
		require.Equal(t, key, canonical)
		require.Equal(t, key, GeneratedForm(key))

		coupon, err := g.Coupon()
		require.NoError(t, err)
		require.Regexp(t, `^[0-9A-HJKMNP-TV-Z]{8}$`, coupon)
		canonical, ok := CanonicalCoupon(coupon)
		require.True(t, ok)
		require.Equal(t, coupon, canonical)

		require.False(t, seen[key])
		seen[key] = true
	}
}

// Pearson's test over each place of a key: with 31 degrees of freedom a fair
// generator stays below 80 in all but 4 of a million places.
func TestKeysHaveNoBias(t *testing.T) {
	t.Parallel()
	const n = 64_000
	g := seededCodes(3)
	var counts [KeyLength][32]int
	for range n {
		key, err := g.Key()
		require.NoError(t, err)
		for i, c := range []byte(strings.ReplaceAll(key, "-", "")) {
			counts[i][strings.IndexByte(codeAlphabet, c)]++
		}
	}
	for place, seen := range counts {
		sum := 0.0
		for _, k := range seen {
			d := float64(k) - n/32
			sum += d * d / (n / 32)
		}
		require.Less(t, sum, 80.0, "place %d: %v", place, seen)
	}
}

func TestNoCodeWithoutRandomness(t *testing.T) {
	t.Parallel()
	broken := errors.New("no entropy")
	g := NewCodeGenerator(iotest.ErrReader(broken))
	for range 3 {
		key, err := g.Key()
		require.ErrorIs(t, err, broken)
		require.Empty(t, key)
		coupon, err := g.Coupon()
		require.ErrorIs(t, err, broken)
		require.Empty(t, coupon)
	}

	short := NewCodeGenerator(io.LimitReader(mathrand.NewChaCha8([32]byte{4}), blockSize+100))
	for range blockSize / KeyLength {
		_, err := short.Key()
		require.NoError(t, err)
	}
	for range 3 {
		key, err := short.Key()
		require.Error(t, err)
		require.Empty(t, key)
	}
}

func BenchmarkKey(b *testing.B) {
	b.Run("blocks", func(b *testing.B) {
		g := NewCodeGenerator(rand.Reader)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := g.Key(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("a read per character", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var code [KeyLength]byte
			for i := range code {
				if _, err := rand.Read(code[i : i+1]); err != nil {
					b.Fatal(err)
				}
				code[i] = codeAlphabet[code[i]&31]
			}
			_ = groupKey(code[:])
		}
	})
}
