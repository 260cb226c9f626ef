//go:build unix

package realtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDoctorLooksAtTLS serves with a certificate that has five days left, to those who
// trust it and to those who do not.
func TestDoctorLooksAtTLS(t *testing.T) {
	t.Parallel()
	cert, key := certificate(t, 5*24*time.Hour)
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db, "--tls-cert", cert, "--tls-key", key, "--mail-dir", filepath.Join(t.TempDir(), "mail"))
	_, port, err := net.SplitHostPort(s.url[strings.LastIndexByte(s.url, '/')+1:])
	require.NoError(t, err)
	const tls = `.[] | select(.name == "tls") | .status + " " + .detail`

	stranger := customer(t, "https://127.0.0.1:"+port, token)
	r := stranger.resell(t, "doctor", "--jq", tls)
	require.Equal(t, 6, r.code, r.stderr)
	require.Contains(t, r.stdout, "failed cannot reach https://127.0.0.1:"+port+": its TLS certificate is signed by an unknown authority")

	friend := stranger.with("SSL_CERT_FILE=" + cert)
	require.Regexp(t, `^warning TLS 1\.3, the certificate for vendor\.example is valid until \d{4}-\d\d-\d\d$`, friend.must(t, "doctor", "--jq", tls))
	require.Regexp(t, `(?m)^  connect .*, tls .*, first byte after `, friend.resell(t, "contract", "list", "--debug").stderr)

	r = friend.resell(t, "doctor", "--jq", tls, "--host", "https://localhost:"+port)
	require.Equal(t, 6, r.code, r.stderr)
	require.Contains(t, r.stdout, "its TLS certificate is for another name")
}

// certificate makes one for 127.0.0.1 that signs itself, and gives its two files.
func certificate(t *testing.T, left time.Duration) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "vendor"}, DNSNames: []string{"vendor.example"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(left), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	require.NoError(t, err)
	secret, err := x509.MarshalECPrivateKey(private)
	require.NoError(t, err)
	folder := t.TempDir()
	cert = writeFile(t, filepath.Join(folder, "api.crt"), string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	key = writeFile(t, filepath.Join(folder, "api.key"), string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: secret})))
	return cert, key
}
