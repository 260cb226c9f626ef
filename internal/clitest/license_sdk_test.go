package clitest_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/keygen-sh/keygen-go/v3"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

// A file that the server has signed is genuine to an SDK of others, which knows nothing
// but the public key.
//
//nolint:paralleltest // the SDK keeps its settings in variables of its package
func TestLicenseFileWithAnSDK(t *testing.T) {
	d := newDesk(t)
	d.server.Clock.Move(time.Now()) // the SDK has no other clock
	d.resell("company", "create", "Example University", "--domain", "example.edu", "--email", "office@example.edu")
	license := d.resell("license", "add", "--company", "example.edu", "--product", "office-suite", "--term", "full:1", "--quantity", "2", "--yes", "-o", "name")
	plain := filepath.Join(t.TempDir(), "plain.lic")
	d.resell("license", "file", license, "--serial", "SN-0001", "--file", plain)
	var made api.LicenseFile
	require.NoError(t, json.Unmarshal([]byte(d.resell("license", "file", license, "--serial", "SN-0001", "--encrypt", "-o", "json")), &made))

	before := keygen.PublicKey
	keygen.PublicKey = d.resell("license", "public-key")
	t.Cleanup(func() { keygen.PublicKey = before })
	text, err := os.ReadFile(plain)
	require.NoError(t, err)
	require.NoError(t, (&keygen.LicenseFile{Certificate: string(text)}).Verify())
	file := &keygen.LicenseFile{Certificate: made.File}
	require.NoError(t, file.Verify())
	data, err := file.Decrypt(made.Code)
	require.NoError(t, err)
	require.Equal(t, license, data.License.ID)
	require.Equal(t, made.Code, data.License.Key)
	require.Equal(t, []any{"SN-0001"}, data.License.Metadata["serials"])
	require.Equal(t, "office-suite", data.License.Metadata["product"])
	_, err = file.Decrypt("another")
	require.Error(t, err)
}
