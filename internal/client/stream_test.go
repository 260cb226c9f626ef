package client

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func markerOf(text string, rows int) string {
	return fmt.Sprintf("%s%d sha256=%s\n", api.EndMarker, rows, sumOf(text))
}

func streaming(kind, text string) func(int, http.ResponseWriter, *http.Request) {
	return func(_ int, w http.ResponseWriter, _ *http.Request) { answer(w, 200, kind, text) }
}

func stream(f *fixture, w io.Writer) (StreamResult, error) {
	return Stream(f.t.Context(), f.Client, api.ExportKeys, api.ExportKeysInput{}, w, StreamOptions{})
}

func requireIncomplete(t *testing.T, err error, says string) *IncompleteError {
	t.Helper()
	var incomplete *IncompleteError
	require.ErrorAs(t, err, &incomplete)
	require.ErrorContains(t, err, says)
	return incomplete
}

func TestStream(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 3*chunkSize+17)
	for name, test := range map[string]struct {
		kind, text string
		rows       int
	}{
		"CSV":               {"text/csv; charset=utf-8", "id\n1\n2\n", 2},
		"header alone":      {"text/csv", "id,name\n", 0},
		"nothing":           {"text/csv", "", 0},
		"CRLF":              {"text/csv", "id\r\n1\r\n", 1},
		"newline in quotes": {"text/csv", "id,note\n1,\"a\nb\n\nc\"\n2,\"say \"\"hi\"\"\n\"\n", 2},
		"marker in a cell":  {"text/csv", "id\n\"\n#end rows=0 sha256=00\n\"\n", 1},
		"NDJSON":            {"application/x-ndjson", "{\"a\":\"\\\"\"}\n{}\n", 2},
		"NDJSON of nothing": {"application/x-ndjson", "", 0},
		"long line":         {"text/csv", "id\n" + long + "\n" + long + "\nshort\n", 3},
		"line of a chunk":   {"text/csv", "id\n" + long[:chunkSize-1] + "\n" + long[:chunkSize] + "\n", 2},
		"many lines":        {"text/csv", "id\n" + strings.Repeat("some,thing\n", 200_000), 200_000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t, streaming(test.kind, test.text+markerOf(test.text, test.rows)))
			w := &bytes.Buffer{}
			got, err := stream(f, w)
			require.NoError(t, err)
			require.Equal(t, StreamResult{Rows: int64(test.rows), Bytes: int64(len(test.text)), SHA256: sumOf(test.text)}, got)
			require.Equal(t, test.text, w.String())
			sent := f.requests()[0]
			require.Equal(t, "end_marker=true", sent.Query)
			require.Equal(t, "identity", sent.Header.Get("Accept-Encoding"))
		})
	}
}

func TestStreamKeepsWholeLines(t *testing.T) {
	t.Parallel()
	text := "id\n" + strings.Repeat("some,thing\n", 100_000)
	f := setup(t, streaming("text/csv", text+markerOf(text, 100_000)))
	w := writerFunc(func(p []byte) (int, error) {
		require.Equal(t, byte('\n'), p[len(p)-1])
		return len(p), nil
	})
	_, err := stream(f, w)
	require.NoError(t, err)
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestStreamGivesTheCursor(t *testing.T) {
	t.Parallel()
	const text = "id\n1\n"
	next := strings.Repeat("c", 400)
	f := setup(t, streaming("text/csv", text+strings.TrimSuffix(markerOf(text, 1), "\n")+" next="+next+"\n"))
	got, err := Stream(f.t.Context(), f.Client, api.ExportKeys, api.ExportKeysInput{After: api.ExportStart}, io.Discard, StreamOptions{})
	require.NoError(t, err)
	require.Equal(t, next, got.Next)
	require.Equal(t, "after=start&end_marker=true", f.requests()[0].Query)
}

func TestStreamProgress(t *testing.T) {
	t.Parallel()
	text := "id\n" + strings.Repeat("some,thing\n", 300_000)
	now := time.Time{}
	f := setup(t, streaming("text/csv", text+markerOf(text, 300_000)),
		func(o *Options) { o.Now = func() time.Time { now = now.Add(40 * time.Millisecond); return now } })
	var rows, size []int64
	writes := 0
	w := writerFunc(func(p []byte) (int, error) { writes++; return len(p), nil })
	_, err := Stream(t.Context(), f.Client, api.ExportKeys, api.ExportKeysInput{}, w,
		StreamOptions{Progress: func(r, b int64) { rows, size = append(rows, r), append(size, b) }})
	require.NoError(t, err)
	require.IsIncreasing(t, rows[:len(rows)-1])
	require.LessOrEqual(t, len(rows), writes/3+2)
	require.Equal(t, int64(300_000), rows[len(rows)-1])
	require.Equal(t, int64(len(text)), size[len(size)-1])
}

func TestStreamTrailers(t *testing.T) {
	t.Parallel()
	const text = "id\n1\n"
	for name, test := range map[string]struct{ rows, sum, says string }{
		"right":        {"1", strings.ToUpper(sumOf(text)), ""},
		"wrong rows":   {"2", sumOf(text), "counts 2 rows"},
		"broken rows":  {"many", sumOf(text), "cannot be read"},
		"wrong sum":    {"1", sumOf("other"), "SHA-256"},
		"without them": {"", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Trailer", api.TrailerRows+", "+api.TrailerSum)
				answer(w, 200, "text/csv", text+markerOf(text, 1))
				w.Header().Set(api.TrailerRows, test.rows)
				w.Header().Set(api.TrailerSum, test.sum)
			})
			_, err := stream(f, io.Discard)
			if test.says == "" {
				require.NoError(t, err)
				return
			}
			requireIncomplete(t, err, test.says)
		})
	}
}

// Off loopback an export travels compressed, here over HTTP/2.
func TestStreamCompressed(t *testing.T) {
	t.Parallel()
	text := "id\n" + strings.Repeat("some,thing\n", 200_000)
	whole := compress(t, text+markerOf(text, 200_000))
	for name, test := range map[string]struct {
		body []byte
		says string
	}{
		"whole":          {whole, ""},
		"cut":            {whole[:len(whole)-1], "closed before the answer was complete"},
		"cut at a frame": {compress(t, text), "end marker is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &fixture{t: t}
			server := httptest.NewUnstartedServer(f.record(func(_ int, w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Encoding", "zstd")
				w.Header().Set("Content-Length", strconv.Itoa(len(test.body)))
				answer(w, 200, "text/csv", string(test.body))
			}))
			server.EnableHTTP2 = true
			server.StartTLS()
			t.Cleanup(server.Close)
			f.url = "https://example.com" // a name of the test certificate
			f.connect(noRetries, func(o *Options) { o.Transport = server.Client().Transport })

			w := &bytes.Buffer{}
			got, err := stream(f, w)
			require.Equal(t, "zstd", f.requests()[0].Header.Get("Accept-Encoding"))
			if test.says != "" {
				requireIncomplete(t, err, test.says)
				return
			}
			require.NoError(t, err)
			require.Equal(t, sumOf(text), got.SHA256)
			require.Equal(t, text, w.String())
		})
	}
}

func compress(t *testing.T, text string) []byte {
	t.Helper()
	z, err := zstd.NewWriter(nil)
	require.NoError(t, err)
	return z.EncodeAll([]byte(text), nil)
}
