package licensefile_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensefile"
)

func TestParsePublicKey(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	text := licensefile.FormatPublicKey(public)
	require.Regexp(t, `^[0-9a-f]{64}$`, text)
	pkix, err := x509.MarshalPKIXPublicKey(public)
	require.NoError(t, err)
	block := inPEM("PUBLIC KEY", pkix)
	for _, form := range []string{text, strings.ToUpper(text), " " + text + "\r\n", block, "\n" + block + "\n", strings.ReplaceAll(block, "\n", "\r\n")} {
		got, err := licensefile.ParsePublicKey(form)
		require.NoError(t, err, form)
		require.Equal(t, public, got)
	}

	secret, err := x509.MarshalPKCS8PrivateKey(private)
	require.NoError(t, err)
	other, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	curve, err := x509.MarshalPKIXPublicKey(other.Public())
	require.NoError(t, err)
	for form, says := range map[string]string{
		"":                                       "64 hexadecimal digits",
		text[1:]:                                 "64 hexadecimal digits",
		text + "00":                              "64 hexadecimal digits",
		"z" + text[1:]:                           "64 hexadecimal digits",
		inPEM("PRIVATE KEY", secret):             "give the public one",
		inPEM("PUBLIC KEY", curve):               "not of Ed25519",
		inPEM("PUBLIC KEY", pkix[1:]):            "damaged",
		inPEM("CERTIFICATE", pkix):               "something else",
		block + block:                            "something else",
		strings.Replace(block, "M", "", 1) + "x": "",
		"-----BEGIN PUBLIC KEY-----":             "damaged",
	} {
		_, err := licensefile.ParsePublicKey(form)
		require.ErrorContains(t, err, says, form)
	}
}

func inPEM(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}
