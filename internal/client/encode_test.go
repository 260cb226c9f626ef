package client

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

func TestEncode(t *testing.T) {
	t.Parallel()
	list := api.LicenseListInput{}
	list.Limit, list.State, list.Search, list.ExpiringWithin = 20, "active", "a&b ü", 30
	q, err := encode(api.LicenseList, list)
	require.NoError(t, err)
	require.Equal(t, "/v1/licenses?expiring_within=30&limit=20&search=a%26b+%C3%BC&state=active", q.target)
	require.Nil(t, q.body)

	q, err = encode(api.LicenseList, api.LicenseListInput{})
	require.NoError(t, err)
	require.Equal(t, "/v1/licenses", q.target)

	extend := api.LicenseExtendInput{License: "A/B?c d%"}
	extend.IdempotencyKey = "k1"
	extend.Body.Term = "full:1"
	q, err = encode(api.LicenseExtend, extend)
	require.NoError(t, err)
	require.Equal(t, "/v1/licenses/A%2FB%3Fc%20d%25/extend", q.target)
	require.Equal(t, "k1", q.header.Get("Idempotency-Key"))
	require.Equal(t, "application/json", q.header.Get("Content-Type"))
	require.JSONEq(t, `{"term":"full:1"}`, string(q.body))

	name := ""
	edit := api.CompanyEditInput{Company: "com_1", IfMatch: `"3"`, Body: api.CompanyFields{Name: &name}}
	q, err = encode(api.CompanyEdit, edit)
	require.NoError(t, err)
	require.Equal(t, `"3"`, q.header.Get("If-Match"))
	require.JSONEq(t, `{"name":""}`, string(q.body))

	export := api.ExportKeysInput{}
	export.WithEndMarker()
	q, err = encode(api.ExportKeys, export)
	require.NoError(t, err)
	require.Equal(t, "/v1/exports/keys?end_marker=true", q.target)
}

func TestEncodePointers(t *testing.T) {
	t.Parallel()
	type input struct {
		Zero *int    `query:"zero"`
		Text *string `query:"text"`
		None *bool   `query:"none"`
	}
	zero, text := 0, ""
	q, err := encode(api.Op[input, struct{}]{Path: "/x"}, input{Zero: &zero, Text: &text})
	require.NoError(t, err)
	require.Equal(t, "/x?text=&zero=0", q.target)
}

func TestEncodeRefuses(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"", " ", ".", ".."} {
		_, err := encode(api.LicenseView, api.LicenseViewInput{License: value})
		var argument *ArgumentError
		require.ErrorAs(t, err, &argument, value)
		require.Equal(t, "license", argument.Name)
	}
	in := api.LicenseActionInput{License: "lic_1"}
	in.IdempotencyKey = "a\r\nHost: evil"
	_, err := encode(api.LicensePause, in)
	var argument *ArgumentError
	require.ErrorAs(t, err, &argument)
	require.NotContains(t, err.Error(), "evil")

	_, err = encode(api.Op[struct{}, struct{}]{Path: "/v1/{thing}"}, struct{}{})
	require.ErrorContains(t, err, "thing")
	type unknown struct {
		List []string `query:"list"`
	}
	_, err = encode(api.Op[unknown, struct{}]{Path: "/x"}, unknown{})
	require.ErrorContains(t, err, "List")
}
