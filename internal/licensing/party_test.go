package licensing

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParty(t *testing.T) {
	t.Parallel()
	full := Party{Name: "Acme", Address: "1 High Street", PostalCode: "1000", City: "Town", Country: "NL", VATID: "NL1", Email: "a@acme.example"}
	require.Equal(t, full, Company{
		Name: "Acme", Address: "1 High Street", PostalCode: "1000", City: "Town", Country: "NL", VATID: "NL1", Email: "a@acme.example",
	}.Party())
	require.Equal(t, full, Reseller{
		Name: "Acme", Address: "1 High Street", PostalCode: "1000", City: "Town", Country: "NL", VATID: "NL1", Email: "a@acme.example",
	}.Party())
	vendor := Vendor{
		Name: "Acme", Address: "1 High Street", PostalCode: "1000", City: "Town", Country: "NL", VATID: "NL1", MailFrom: "Acme Billing <a@acme.example>",
	}
	require.Equal(t, full, vendor.Party())
	vendor.MailFrom = "a@acme.example"
	require.Equal(t, full, vendor.Party())

	column, err := full.Value()
	require.NoError(t, err)
	var back Party
	require.NoError(t, back.Scan(column))
	require.Equal(t, full, back)
	require.NoError(t, back.Scan(nil))
	require.Equal(t, Party{}, back)
	require.Error(t, back.Scan("{"))
}
