package licensefile_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensefile"
)

var update = flag.Bool("update", false, "write the golden files")

func TestVerifyGivesWhatWasSigned(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	perpetual := sample()
	perpetual.EndsOn, perpetual.Expiry, perpetual.Serials = time.Time{}, time.Time{}, []string{}
	for name, l := range map[string]licensefile.License{
		"a term": sample(), "perpetual": perpetual,
		"text of any kind": {
			ID: "lic_1", Name: "<\"Grüße\" & \u2028 日本>\n", StartsOn: sample().StartsOn, Issued: sample().Issued, Serials: []string{},
		},
	} {
		for _, secret := range []string{"", "7GK2M9QX"} {
			t.Run(fmt.Sprintf("%s, secret %q", name, secret), func(t *testing.T) {
				t.Parallel()
				file, err := licensefile.Sign(private, l, secret)
				require.NoError(t, err)
				got, err := licensefile.Verify(file, public, secret, now())
				require.NoError(t, err)
				require.Equal(t, inUTC(l), inUTC(got))
				require.Equal(t, l.EndsOn.Format(time.DateOnly), got.EndsOn.Format(time.DateOnly), "the day is the vendor's")
				require.Equal(t, secret == "", bytes.Contains(content(t, file), []byte(base64.StdEncoding.EncodeToString([]byte(`{"data":{"id":"lic`)))))
			})
		}
	}
}

func TestSecretIsNotNeededForReadableFile(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	_, err := licensefile.Verify(sign(t, private, sample(), ""), public, "any", now())
	require.NoError(t, err)
}

// What the form of a file is, programs that read it rely on.
func TestFormIsStable(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	golden := filepath.Join("testdata", "license.lic")
	file := sign(t, private, sample(), "")
	if *update {
		require.NoError(t, os.WriteFile(golden, file, 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), string(file))
	got, err := licensefile.Verify(want, public, "", now())
	require.NoError(t, err)
	require.Equal(t, inUTC(sample()), inUTC(got))
}

func TestEncryptionIsNeverTheSame(t *testing.T) {
	t.Parallel()
	_, private := keyPair("vendor")
	first := sign(t, private, sample(), "x")
	require.NotEqual(t, first, sign(t, private, sample(), "x"))
}

func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	stranger, _ := keyPair("stranger")
	later, over, aged := sample(), sample(), sample()
	later.StartsOn = now().Add(time.Minute)
	over.EndsOn, over.Expiry = now(), now().Add(-time.Hour)
	aged.Expiry = now().Add(-time.Second)
	early := sample()
	early.Issued = now().Add(5*time.Minute + time.Second)

	tests := []struct {
		name   string
		file   []byte
		public ed25519.PublicKey
		secret string
		reason licensefile.Reason
		given  bool
	}{
		{"another key", sign(t, private, sample(), ""), stranger, "", licensefile.NotGenuine, false},
		{"another key, encrypted", sign(t, private, sample(), "s"), stranger, "s", licensefile.NotGenuine, false},
		{"no secret", sign(t, private, sample(), "s"), public, "", licensefile.SecretMissing, false},
		{"another secret", sign(t, private, sample(), "s"), public, "S", licensefile.WrongSecret, false},
		{"issued in the future", sign(t, private, early, ""), public, "", licensefile.NotYetIssued, true},
		{"not started", sign(t, private, later, ""), public, "", licensefile.NotStarted, true},
		{"over, and an old file", sign(t, private, over, "s"), public, "s", licensefile.Ended, true},
		{"an old file", sign(t, private, aged, ""), public, "", licensefile.Expired, true},
		{"empty", nil, public, "", licensefile.Malformed, false},
		{"a text", []byte("Dear customer,\n"), public, "", licensefile.Malformed, false},
		{"lines with nothing between them", []byte("-----BEGIN LICENSE FILE-----\n-----END LICENSE FILE-----\n"), public, "", licensefile.Malformed, false},
		{"too large", bytes.Repeat([]byte("x"), licensefile.MaxSize+1), public, "", licensefile.Malformed, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := licensefile.Verify(tt.file, tt.public, tt.secret, now())
			require.Equal(t, tt.reason, reasonOf(t, err), "%v", err)
			require.Equal(t, tt.given, got.ID != "", "a genuine license is given, and no other")
		})
	}
}

func TestLimitsOfTime(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	l := sample()
	file := sign(t, private, l, "")
	for _, at := range []time.Time{l.Issued.Add(-5 * time.Minute), l.Issued, l.Expiry} {
		_, err := licensefile.Verify(file, public, "", at)
		require.NoError(t, err, at)
	}
	l.Issued, l.Expiry = l.StartsOn.Add(-time.Hour), time.Time{}
	file = sign(t, private, l, "")
	for _, at := range []time.Time{l.StartsOn, l.EndsOn.Add(-time.Nanosecond)} {
		_, err := licensefile.Verify(file, public, "", at)
		require.NoError(t, err, at)
	}
	_, err := licensefile.Verify(file, public, "", l.EndsOn)
	require.Equal(t, licensefile.Ended, reasonOf(t, err))
	require.ErrorContains(t, err, "2027-01-01")
	_, err = licensefile.Verify(file, public, "", l.StartsOn.Add(-time.Nanosecond))
	require.Equal(t, licensefile.NotStarted, reasonOf(t, err))
}

func TestSignRefusesNonsense(t *testing.T) {
	t.Parallel()
	_, private := keyPair("vendor")
	for name, spoil := range map[string]func(*licensefile.License){
		"no id":                  func(l *licensefile.License) { l.ID = "" },
		"no start":               func(l *licensefile.License) { l.StartsOn = time.Time{} },
		"no time of issue":       func(l *licensefile.License) { l.Issued = time.Time{} },
		"it ends as it starts":   func(l *licensefile.License) { l.EndsOn = l.StartsOn },
		"it expires as it began": func(l *licensefile.License) { l.Expiry = l.Issued.Add(time.Millisecond) },
		"a year of five digits":  func(l *licensefile.License) { l.EndsOn = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"too many serials":       func(l *licensefile.License) { l.Serials = strings.Split(strings.Repeat("SN,", 200_000), ",") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := sample()
			spoil(&l)
			_, err := licensefile.Sign(private, l, "")
			require.Error(t, err)
		})
	}
	_, err := licensefile.Sign(private[:31], sample(), "")
	require.Error(t, err)
}

func TestAThousandSerialsFit(t *testing.T) {
	t.Parallel()
	public, private := keyPair("vendor")
	l := sample()
	l.Serials = nil
	for i := range 1000 {
		l.Serials = append(l.Serials, fmt.Sprintf("%0200d", i))
	}
	got, err := licensefile.Verify(sign(t, private, l, "s"), public, "s", now())
	require.NoError(t, err)
	require.Equal(t, l.Serials, got.Serials)
}

func TestRead(t *testing.T) {
	t.Parallel()
	file, err := licensefile.Read(strings.NewReader(strings.Repeat("x", licensefile.MaxSize)))
	require.NoError(t, err)
	require.Len(t, file, licensefile.MaxSize)
	endless := &counting{}
	_, err = licensefile.Read(endless)
	require.Equal(t, licensefile.Malformed, reasonOf(t, err))
	require.LessOrEqual(t, endless.read, 2*licensefile.MaxSize)
}

// counting never ends.
type counting struct{ read int }

func (c *counting) Read(b []byte) (int, error) {
	c.read += len(b)
	return len(b), nil
}

// sample is a license in a time zone that is not UTC, where its days begin.
func sample() licensefile.License {
	zone := time.FixedZone("", 60*60)
	return licensefile.License{
		ID: "lic_01K9Z3M4N5P6Q7R8S9T0V1W2X3", Key: "7GK2M9QX", Name: "Labs",
		Product: "mdm-device", ProductName: "Device management", Company: "Example University",
		Quantity: 2, Serials: []string{"SN-0001", "SN-0002"},
		StartsOn: time.Date(2026, 11, 1, 0, 0, 0, 0, zone), EndsOn: time.Date(2027, 1, 1, 0, 0, 0, 0, zone),
		Issued: time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC), Expiry: time.Date(2026, 12, 21, 9, 30, 0, 0, time.UTC),
	}
}

func now() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

func keyPair(name string) (ed25519.PublicKey, ed25519.PrivateKey) {
	seed := sha256.Sum256([]byte(name))
	private := ed25519.NewKeyFromSeed(seed[:])
	public, _ := private.Public().(ed25519.PublicKey)
	return public, private
}

func sign(t *testing.T, private ed25519.PrivateKey, l licensefile.License, secret string) []byte {
	t.Helper()
	file, err := licensefile.Sign(private, l, secret)
	require.NoError(t, err)
	return file
}

// content is the JSON between the marker lines.
func content(t *testing.T, file []byte) []byte {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(string(file)), "\n")
	text, err := base64.StdEncoding.DecodeString(strings.Join(lines[1:len(lines)-1], ""))
	require.NoError(t, err)
	return text
}

func reasonOf(t *testing.T, err error) licensefile.Reason {
	t.Helper()
	var refused *licensefile.Error
	require.ErrorAs(t, err, &refused)
	return refused.Reason
}

// inUTC makes times comparable that are the same and in zones of different names.
func inUTC(l licensefile.License) licensefile.License {
	for _, at := range []*time.Time{&l.StartsOn, &l.EndsOn, &l.Issued, &l.Expiry} {
		*at = at.UTC()
	}
	return l
}
