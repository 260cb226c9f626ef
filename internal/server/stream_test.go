package server_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/server"
)

func TestExportCarriesItsEnd(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	names := []string{`plain`, `"quoted", with comma`, `=1+1`, `'=1+1`, `#end rows=0`, ` space`, `Школа №627`, `back\slash`}
	for i, name := range names {
		body, err := json.Marshal(map[string]any{"name": name, "domain": fmt.Sprintf("%d.example", i), "setup_assistant": i == 0, "note": "two\nlines"})
		require.NoError(t, err)
		response, text := r.send("POST", "/v1/companies", string(body), "Idempotency-Key", strconv.Itoa(i))
		require.Equal(t, http.StatusCreated, response.StatusCode, "%s", text)
	}
	response, text := r.send("GET", "/v1/exports/companies?end_marker=true&raw=true", "")
	require.Equal(t, "text/csv; charset=utf-8; header=present", response.Header.Get("Content-Type"))
	cut := bytes.LastIndex(text[:len(text)-1], []byte("\n")) + 1
	sum := sha256.Sum256(text[:cut])
	hexSum := hex.EncodeToString(sum[:])
	require.Equal(t, fmt.Sprintf("%s%d sha256=%s\n", api.EndMarker, len(names), hexSum), string(text[cut:]))
	require.Equal(t, strconv.Itoa(len(names)), response.Trailer.Get(api.TrailerRows))
	require.Equal(t, hexSum, response.Trailer.Get(api.TrailerSum))
	rows, err := csv.NewReader(bytes.NewReader(text[:cut])).ReadAll()
	require.NoError(t, err)
	for i, name := range names {
		require.Equal(t, name, rows[i+1][1])
		require.Equal(t, "two\nlines", rows[i+1][11])
	}
	require.Equal(t, []string{"two\nlines", "true"}, []string{rows[1][11], rows[1][13]})

	_, guarded := r.send("GET", "/v1/exports/companies", "")
	rows, err = csv.NewReader(bytes.NewReader(guarded)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, `'=1+1`, rows[3][1])
	require.Equal(t, `''=1+1`, rows[4][1])

	_, lines := r.send("GET", "/v1/exports/companies?format=ndjson", "")
	for i, line := range strings.Split(strings.TrimSpace(string(lines)), "\n") {
		var company map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &company))
		require.Equal(t, names[i], company["name"])
		require.Equal(t, i == 0, company["setup_assistant"])
	}
}

func TestExportIsCompressedForWhoAsks(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	_, plain := r.send("GET", "/v1/exports/companies", "", "Accept-Encoding", "identity")
	response, packed := r.send("GET", "/v1/exports/companies", "", "Accept-Encoding", "gzip, zstd")
	require.Equal(t, "zstd", response.Header.Get("Content-Encoding"))
	reader, err := zstd.NewReader(nil)
	require.NoError(t, err)
	defer reader.Close()
	unpacked, err := reader.DecodeAll(packed, nil)
	require.NoError(t, err)
	require.Equal(t, string(plain), string(unpacked))
	response, _ = r.send("GET", "/v1/exports/companies", "", "Accept-Encoding", "zstd;q=0")
	require.Empty(t, response.Header.Get("Content-Encoding"))
}

// What the document lists is what the contract declares: an Op without a handler, or
// a path without an Op, fails.
func TestServesExactlyTheEndpoints(t *testing.T) {
	t.Parallel()
	r := setup(t, 0)
	_, text := r.send("GET", "/openapi.json", "")
	var document struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
		}
	}
	require.NoError(t, json.Unmarshal(text, &document))
	served := make(map[string]string)
	for path, methods := range document.Paths {
		for method, operation := range methods {
			served[operation.OperationID] = strings.ToUpper(method) + " " + path
		}
	}
	declared := make(map[string]string)
	for _, m := range api.Endpoints() {
		declared[m.ID] = m.Method + " " + m.Path
	}
	require.Equal(t, declared, served)
}

func TestOpenAPIIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	one, err := server.OpenAPI()
	require.NoError(t, err)
	two, err := server.OpenAPI()
	require.NoError(t, err)
	require.Equal(t, string(one), string(two))
}
