package api

import (
	"crypto/rand"
	"errors"
	"io"
	mathrand "math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// anyToken draws a token of seeded randomness.
func anyToken(t *rapid.T) string {
	var seed [32]byte
	copy(seed[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
	token, err := NewToken(mathrand.NewChaCha8(seed), rapid.SampledFrom([]string{LivePrefix, TestPrefix}).Draw(t, "prefix"))
	require.NoError(t, err)
	return token
}

func TestToken(t *testing.T) {
	t.Parallel()
	for _, prefix := range []string{LivePrefix, TestPrefix} {
		token, err := NewToken(rand.Reader, prefix)
		require.NoError(t, err)
		require.Regexp(t, "^"+prefix+"[a-z2-7]{59}$", token)
		require.Len(t, token, 67, "as ErrMangledToken says")
		require.NoError(t, CheckToken(token))

		other, err := NewToken(rand.Reader, prefix)
		require.NoError(t, err)
		require.NotEqual(t, token, other)
	}
}

func TestTokenNeedsRandomness(t *testing.T) {
	t.Parallel()
	broken := errors.New("no entropy")
	token, err := NewToken(iotest.ErrReader(broken), LivePrefix)
	require.ErrorIs(t, err, broken)
	require.Empty(t, token)
	token, err = NewToken(io.LimitReader(rand.Reader, 31), LivePrefix)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.Empty(t, token)
}

func TestEveryMistypedCharacterOfATokenIsDetected(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		token := anyToken(t)
		require.NoError(t, CheckToken(token))
		for i := range token {
			for _, c := range "abcdefghijklmnopqrstuvwxyz234567ABCXYZ0189_-=+/ .\n\r\t\x00\xff" {
				wrong := token[:i] + string(c) + token[i+1:]
				if wrong != token && !errors.Is(CheckToken(wrong), ErrMangledToken) {
					t.Fatalf("%q passes for %q: character %d", wrong, token, i)
				}
			}
		}
	})
}

func TestEveryTruncationOfATokenIsDetected(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		token := anyToken(t)
		for i := range token {
			for _, wrong := range []string{
				token[:i], token[i+1:], token[:i] + token[i+1:],
				token[:i] + "a" + token[i:], token[:i] + "\n" + token[i:], token[:i] + "\r\n" + token[i:],
			} {
				require.ErrorIs(t, CheckToken(wrong), ErrMangledToken, "%q", wrong)
			}
		}
		for _, wrong := range []string{token + "a", token + "\n", " " + token, token + token, strings.ToUpper(token)} {
			require.ErrorIs(t, CheckToken(wrong), ErrMangledToken, "%q", wrong)
		}
	})
}

func TestExchangedNeighboursOfATokenAreDetected(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		token := anyToken(t)
		for i := 1; i < len(token); i++ {
			wrong := token[:i-1] + token[i:i+1] + token[i-1:i] + token[i+1:]
			if wrong != token {
				require.ErrorIs(t, CheckToken(wrong), ErrMangledToken, "%q", wrong)
			}
		}
	})
}

func TestNotAToken(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", "rs_", LivePrefix, TestPrefix, "hunter2", "ghp_" + strings.Repeat("a", 63),
		LivePrefix + strings.Repeat("1", 59), LivePrefix + strings.Repeat("\n", 59), LivePrefix + strings.Repeat("=", 59),
	} {
		err := CheckToken(s)
		require.ErrorIs(t, err, ErrMangledToken, "%q", s)
		require.NotContains(t, err.Error(), "hunter2")
	}
}

func TestHashToken(t *testing.T) {
	t.Parallel()
	require.Equal(t, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", HashToken("abc"), "FIPS 180-2, B.1")
	require.Regexp(t, `^[0-9a-f]{64}$`, HashToken(LivePrefix))
}
