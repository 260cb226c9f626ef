package clitest_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/clitest"
)

func TestDocumentIsValid(t *testing.T) {
	t.Parallel()
	_, err := clitest.LoadContract()
	require.NoError(t, err)
}

// A contract that notices nothing would prove nothing.
func TestContractNoticesBreaches(t *testing.T) {
	t.Parallel()
	contract, err := clitest.LoadContract()
	require.NoError(t, err)
	const (
		json    = "application/json"
		problem = "application/problem+json"
		product = `{"id":"prd_1","sku":"a","name":"A","kind":"device","metric":"users","family":"","edition":"","terms":[],"calendar_proration":"none","refund_days":0,"prices":[]}`
		missing = `{"type":"about:blank","title":"Not Found","status":404,"detail":"no such product","code":"not_found","request_id":"req_1"}`
	)
	tests := []struct {
		name, method, path, sent string
		status                   int
		kind, body               string
		kept                     bool
	}{
		{"as it should be", "GET", "/v1/products/a", "", 200, json, product, true},
		{"a field is missing", "GET", "/v1/products/a", "", 200, json, `{"id":"prd_1"}`, false},
		{"a field more", "GET", "/v1/products/a", "", 200, json, `{"x":1,` + product[1:], false},
		{"null for a list", "GET", "/v1/products", "", 200, json, `{"data":null}`, false},
		{"an empty list", "GET", "/v1/products", "", 200, json, `{"data":[]}`, true},
		{"a status that is not there", "GET", "/v1/products/a", "", 201, json, product, false},
		{"HTML", "GET", "/v1/products/a", "", 200, "text/html", "<html>", false},
		{"a problem", "GET", "/v1/products/a", "", 404, problem, missing, true},
		{"a problem of another type", "GET", "/v1/products/a", "", 404, json, missing, false},
		{"a problem with another status", "GET", "/v1/products/a", "", 409, problem, missing, false},
		{"a problem without a code", "GET", "/v1/products/a", "", 404, problem, `{"type":"about:blank","title":"Not Found","status":404,"detail":"x","request_id":"req_1","code":""}`, false},
		{"an unknown path", "GET", "/v2", "", 404, problem, missing, true},
		{"an unknown path that answers", "GET", "/v2", "", 200, json, `{}`, false},
		{"an export", "GET", "/v1/exports/keys?format=csv", "", 200, "text/csv; charset=utf-8", "id\n", true},
		{"an export of another type", "GET", "/v1/exports/keys?format=csv", "", 200, "text/csv2", "id\n", false},
		{"a request that may not be accepted", "GET", "/v1/products?limit=0", "", 200, json, `{"data":[]}`, false},
		{"a body that may not be accepted", "POST", "/v1/keys", `{"seats":"many"}`, 201, json, `{"license_id":"","count":0,"first_id":"","last_id":"","keys":[]}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequestWithContext(t.Context(), tt.method, tt.path, http.NoBody)
			r.Header.Set("Content-Type", json)
			answer := &http.Response{StatusCode: tt.status, Header: http.Header{"Content-Type": {tt.kind}, "X-Request-Id": {"req_1"}}, Body: io.NopCloser(http.NoBody)}
			err := contract.Check(r, []byte(tt.sent), answer, []byte(tt.body))
			if tt.kept {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
		})
	}
}
