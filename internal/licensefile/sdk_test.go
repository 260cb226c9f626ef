package licensefile_test

import (
	"testing"
	"time"

	"github.com/keygen-sh/keygen-go/v3"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensefile"
)

// An SDK that knows nothing of this product verifies and reads its files. It goes by the
// real clock.
//
//nolint:paralleltest // the SDK has its key in a variable of its package
func TestIndependentSDK(t *testing.T) {
	public, private := keyPair("vendor")
	stranger, _ := keyPair("stranger")
	l := sample()
	l.Issued = time.Now()
	l.Expiry = l.Issued.Add(24 * time.Hour)
	l.EndsOn = l.Issued.AddDate(1, 0, 0).Truncate(time.Second)
	encrypted := keygen.LicenseFile{Certificate: string(sign(t, private, l, l.Key))}
	readable := keygen.LicenseFile{Certificate: string(sign(t, private, l, ""))}

	setPublicKey(t, licensefile.FormatPublicKey(stranger))
	require.ErrorIs(t, encrypted.Verify(), keygen.ErrLicenseFileNotGenuine)
	require.ErrorIs(t, readable.Verify(), keygen.ErrLicenseFileNotGenuine)

	setPublicKey(t, licensefile.FormatPublicKey(public))
	require.NoError(t, readable.Verify())
	require.NoError(t, encrypted.Verify())
	_, err := encrypted.Decrypt("another")
	require.Error(t, err)
	_, err = readable.Decrypt(l.Key)
	require.ErrorIs(t, err, keygen.ErrLicenseFileNotEncrypted)

	data, err := encrypted.Decrypt(l.Key)
	require.NoError(t, err)
	require.Equal(t, l.ID, data.License.ID)
	require.Equal(t, "licenses", data.License.Type)
	require.Equal(t, l.Name, data.License.Name)
	require.Equal(t, l.Key, data.License.Key)
	require.True(t, l.EndsOn.Equal(*data.License.Expiry))
	require.Equal(t, map[string]any{
		"product": "mdm-device", "product_name": "Device management", "company": "Example University",
		"quantity": 2.0, "serials": []any{"SN-0001", "SN-0002"},
		"starts_on": "2026-11-01", "ends_on": l.EndsOn.Format(time.DateOnly),
	}, data.License.Metadata)
	require.Equal(t, 24*60*60, data.TTL)
	require.True(t, data.Issued.Equal(l.Issued.Truncate(time.Second)))
	require.True(t, data.Expiry.Equal(data.Issued.Add(24*time.Hour)))

	// Perpetual, in a file that does not expire.
	l.EndsOn, l.Expiry = time.Time{}, time.Time{}
	for _, serials := range [][]string{nil, {"SN-0001"}} {
		l.Serials = serials
		data = decrypted(t, keygen.LicenseFile{Certificate: string(sign(t, private, l, l.Key))}, l.Key)
		require.Nil(t, data.License.Expiry)
		require.Zero(t, data.TTL)
		require.Len(t, data.License.Metadata["serials"], len(serials))
	}

	// Both refuse for the same reasons.
	l.Issued = time.Now().Add(-48 * time.Hour)
	l.Expiry = l.Issued.Add(time.Hour)
	old := keygen.LicenseFile{Certificate: string(sign(t, private, l, l.Key))}
	_, err = old.Decrypt(l.Key)
	require.ErrorIs(t, err, keygen.ErrLicenseFileExpired)
	l.Issued, l.Expiry = time.Now().Add(time.Hour), time.Time{}
	early := keygen.LicenseFile{Certificate: string(sign(t, private, l, l.Key))}
	_, err = early.Decrypt(l.Key)
	require.ErrorIs(t, err, keygen.ErrSystemClockUnsynced)
}

func decrypted(t *testing.T, file keygen.LicenseFile, secret string) *keygen.LicenseFileDataset {
	t.Helper()
	require.NoError(t, file.Verify())
	data, err := file.Decrypt(secret)
	require.NoError(t, err)
	return data
}

func setPublicKey(t *testing.T, key string) {
	t.Helper()
	before := keygen.PublicKey
	keygen.PublicKey = key
	t.Cleanup(func() { keygen.PublicKey = before })
}
