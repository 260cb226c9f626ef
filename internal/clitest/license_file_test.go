package clitest_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/cli"
	"github.com/resell-cli/resell/internal/licensefile"
)

// Each reason that a license file is refused for has an exit code, and a code of its own
// in JSON; nothing but the file, the key and the time is looked at.
func TestLicenseVerifyTellsRefusalsApart(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	private := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	public, ok := private.Public().(ed25519.PublicKey)
	require.True(t, ok)
	license := licensefile.License{
		ID: "lic_1", Quantity: 1, StartsOn: now.AddDate(0, 0, -1), EndsOn: now.AddDate(1, 0, 0),
		Issued: now, Expiry: now.AddDate(0, 1, 0),
	}
	sign := func(secret string, change func(*licensefile.License)) string {
		l := license
		change(&l)
		file, err := licensefile.Sign(private, l, secret)
		require.NoError(t, err)
		return string(file)
	}
	same := func(*licensefile.License) {}
	for name, tt := range map[string]struct {
		file   string
		secret string
		exit   int
		code   string
	}{
		"genuine":    {sign("", same), "", 0, ""},
		"encrypted":  {sign("7GK2M9QX", same), "7GK2M9QX", 0, ""},
		"perpetual":  {sign("", func(l *licensefile.License) { l.EndsOn, l.Expiry = time.Time{}, time.Time{} }), "", 0, ""},
		"no secret":  {sign("7GK2M9QX", same), "", 2, "usage"},
		"no license": {"hello\n", "", 5, "license_file_malformed"},
		"endless":    {strings.Repeat("x", licensefile.MaxSize+1), "", 5, "license_file_malformed"},
		"changed":    {strings.Replace(sign("", same), "eyJlbmMiOiJleUpr", "eyJlbmMiOiJleUps", 1), "", 5, "license_file_not_genuine"},
		"bad secret": {sign("7GK2M9QX", same), "7gk2m9qx", 5, "license_file_wrong_secret"},
		"early":      {sign("", func(l *licensefile.License) { l.Issued = now.Add(time.Hour) }), "", 5, "license_file_not_yet_issued"},
		"old":        {sign("", func(l *licensefile.License) { l.Issued, l.Expiry = now.Add(-time.Hour), now.Add(-time.Second) }), "", 5, "license_file_expired"},
		"to come":    {sign("", func(l *licensefile.License) { l.StartsOn = now.Add(time.Hour) }), "", 5, "license_not_started"},
		"over":       {sign("", func(l *licensefile.License) { l.EndsOn = now }), "", 5, "license_ended"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			exit := cli.Main(t.Context(), cli.Process{
				Args:  []string{"license", "verify", "-", "--public-key", licensefile.FormatPublicKey(public), "--secret", tt.secret, "-o", "json"},
				Stdin: strings.NewReader(tt.file), Stdout: &stdout, Stderr: &stderr,
				Getenv: withoutToken(t), Now: func() time.Time { return now },
			})
			require.Equal(t, tt.exit, exit, stderr.String())
			if exit == 0 {
				require.Contains(t, stdout.String(), `"id":"lic_1"`)
				require.Empty(t, stderr.String())
				return
			}
			require.Empty(t, stdout.String())
			var failure struct{ Code string }
			require.NoError(t, json.Unmarshal(stderr.Bytes(), &failure), stderr.String())
			require.Equal(t, tt.code, failure.Code)
		})
	}
}

// What cannot be read is not taken for a file that was tampered with.
func TestLicenseVerifyReportsUnreadableInput(t *testing.T) {
	t.Parallel()
	key := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(key, []byte(strings.Repeat("0", 64)), 0o600))
	var stdout, stderr bytes.Buffer
	exit := cli.Main(t.Context(), cli.Process{
		Args: []string{"license", "verify", "-", "--public-key", key}, Stdin: broken{}, Stdout: &stdout, Stderr: &stderr,
		Getenv: withoutToken(t), Now: time.Now,
	})
	require.Equal(t, 2, exit)
	require.Empty(t, stdout.String())
	require.Contains(t, stderr.String(), "cable pulled")
}

type broken struct{}

func (broken) Read([]byte) (int, error) {
	return 0, errors.Join(errors.New("cable pulled"), io.ErrUnexpectedEOF)
}

// withoutToken is an environment of nothing, in which no token may be looked for.
func withoutToken(t *testing.T) func(string) string {
	dir := t.TempDir()
	return func(name string) string {
		switch name {
		case "RESELL_TOKEN":
			t.Error("it looks for a token")
		case "RESELL_CONFIG_DIR", "RESELL_STATE_DIR":
			return dir
		}
		return ""
	}
}
