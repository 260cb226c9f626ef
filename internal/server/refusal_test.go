package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

func TestBrokenBodies(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	const head = "POST /v1/companies HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nIdempotency-Key: k\r\n" +
		"Content-Type: application/json\r\n"
	for name, rest := range map[string]string{
		"bad chunk size": "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
		"cut off":        "Content-Length: 100\r\n\r\n{\"na\"",
		"cut off late":   "Content-Length: 100000\r\n\r\n" + strings.Repeat(" ", 70_000),
	} {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(r.url, "http://"))
		require.NoError(t, err)
		_, err = fmt.Fprintf(conn, head+"%s", r.token, rest)
		require.NoError(t, err)
		tcp, ok := conn.(*net.TCPConn)
		require.True(t, ok)
		require.NoError(t, tcp.CloseWrite())
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err, name)
		text, err := io.ReadAll(response.Body)
		require.NoError(t, err, name)
		require.Equal(t, http.StatusBadRequest, response.StatusCode, "%s: %s", name, text)
		require.Contains(t, string(text), `"code":"invalid_request"`, name)
		require.Contains(t, string(text), "did not arrive whole", name)
		require.NoError(t, conn.Close())
	}
}

func TestRefusalsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	key := []string{"Idempotency-Key", "k"}
	tests := []struct {
		name, method, path, body string
		header                   []string
		field, detail            string
	}{
		{"another spelling", "POST", "/v1/licenses", `{"product":"p","term":"full:1","quantity":1,"QUANTITY":5}`, key, "QUANTITY", "unexpected"},
		{"another spelling alone", "POST", "/v1/companies", `{"Name":"A"}`, key, "Name", "unexpected"},
		{"field twice", "POST", "/v1/companies", `{"name":"A","name":"B"}`, key, "name", "name is given twice"},
		{"field twice within", "POST", "/v1/companies/import", `{"companies":[{"name":"A"},{"name":"A","name":"B"}]}`, key, "companies[1].name", "is given twice"},
		{"fraction", "POST", "/v1/licenses", `{"product":"p","term":"full:1","quantity":7.0}`, key, "quantity", "quantity: has the wrong type"},
		{"far too much", "POST", "/v1/licenses", `{"product":"p","term":"full:1","quantity":7e77}`, key, "quantity", "quantity: has the wrong type"},
		{"number beyond all", "POST", "/v1/licenses", `{"product":"p","term":"full:1","quantity":7e777}`, key, "body", "body: has the wrong type"},
		{"no body", "POST", "/v1/companies", ``, key, "", "the request has no body"},
		{"trailing data", "POST", "/v1/companies", `{"name":"A"}{}`, key, "", "the body holds more than one JSON value"},
		{"broken text to what takes none", "POST", "/v1/licenses/lic_0/pause", `{`, key, "", "the body is not valid JSON"},
		{"half a character", "POST", "/v1/companies", `{"name":"\ud800"}`, key, "", "the body holds half of a surrogate pair"},
		{"not UTF-8", "POST", "/v1/companies", "{\"name\":\"\xff\"}", key, "", "the body holds bytes that are not UTF-8 text"},
		{"zero character", "POST", "/v1/companies", `{"name":"\u0000"}`, key, "", "the body holds a zero character"},
		{"path not UTF-8", "GET", "/v1/companies/%ff", "", nil, "", "the address holds bytes that are not UTF-8 text"},
		{"path with a zero", "GET", "/v1/companies/%00", "", nil, "", "the address holds a zero character"},
		{"query not UTF-8", "GET", "/v1/companies?search=%ff", "", nil, "", "the address holds bytes that are not UTF-8 text"},
		{"query with a zero", "GET", "/v1/companies?search=%00", "", nil, "", "the address holds a zero character"},
		{"malformed query", "GET", "/v1/companies?search=%zz", "", nil, "", "the query of the address is malformed"},
		{"parameter twice", "GET", "/v1/companies?limit=1&limit=2", "", nil, "limit", "limit is given twice"},
		{"key not UTF-8", "POST", "/v1/companies", `{"name":"A"}`, []string{"Idempotency-Key", "\xff"}, "Idempotency-Key", "must be 1 to 255 visible ASCII"},
		{"key too long", "POST", "/v1/companies", `{"name":"A"}`, []string{"Idempotency-Key", strings.Repeat("k", 256)}, "Idempotency-Key", "must be 1 to 255 visible ASCII"},
		{"version not ASCII", "PATCH", "/v1/companies/x", `{"name":"A"}`, []string{"If-Match", "\xff"}, "If-Match", "ASCII"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			here := *r
			here.t = t
			p := here.refused(http.StatusBadRequest, licensing.CodeInvalidRequest, tt.method, tt.path, tt.body, tt.header...)
			require.Contains(t, p.Detail, tt.detail)
			require.NotContains(t, p.Detail, "Go struct")
			require.NotContains(t, p.Detail, "7")
			if tt.field == "" {
				require.Empty(t, p.Errors)
				return
			}
			require.Equal(t, tt.field, p.Errors[0].Field)
		})
	}
}

func TestTypesOfBodies(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	for kind, status := range map[string]int{
		"application/json; charset=utf-8": 201, "application/vnd.x+json": 201, "text/secret-7": 415, "not a type": 415,
	} {
		response, text := r.send("POST", "/v1/companies", `{"name":"A"}`, "Content-Type", kind, "Idempotency-Key", "k-"+strings.ReplaceAll(kind, " ", ""))
		require.Equal(t, status, response.StatusCode, "%s: %s", kind, text)
		require.NotContains(t, string(text), "secret-7")
	}
}
