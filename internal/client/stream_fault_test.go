package client

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

// ending is how a server stops in the middle of an export.
func ending(how, text string) func(int, http.ResponseWriter, *http.Request) {
	return func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/csv")
		if how == "close-delimited" {
			conn, _, _ := w.(http.Hijacker).Hijack()
			_, _ = io.WriteString(conn, "HTTP/1.0 200 OK\r\nContent-Type: text/csv\r\n\r\n"+text)
			_ = conn.Close()
			return
		}
		_, _ = io.WriteString(w, text)
		if how == "abort" {
			w.(http.Flusher).Flush()
			drop()
		}
	}
}

func TestStreamCutAtEveryByte(t *testing.T) {
	t.Parallel()
	const rows = 2
	text := "id,note\n1,\"two\nlines \"\"x\"\"\"\n2,\"#end rows=2 \n#end rows=0 sha256=" + sumOf("") + "\n\"\n"
	whole := text + markerOf(text, rows)
	for _, how := range []string{"abort", "close-delimited", "clean"} {
		for n := range len(whole) {
			f := setup(t, ending(how, whole[:n]), noRetries)
			w := &bytes.Buffer{}
			_, err := stream(f, w)
			incomplete := requireIncomplete(t, err, "incomplete")
			require.LessOrEqual(t, incomplete.Rows, int64(rows))
			require.True(t, strings.HasPrefix(text, w.String()), "%s at %d wrote %q", how, n, w)
			f.Close()
		}
	}
	f := setup(t, ending("close-delimited", whole))
	_, err := stream(f, io.Discard)
	require.NoError(t, err)
}

func TestStreamMismatch(t *testing.T) {
	t.Parallel()
	const text = "id\n1\n2\n"
	for name, test := range map[string]struct{ sent, says string }{
		"other sum":       {text + markerOf("id\n1\n3\n", 2), "SHA-256"},
		"other rows":      {text + markerOf(text, 3), "the server counts 3 rows"},
		"no marker":       {text, "missing"},
		"marker twice":    {text + markerOf(text, 2) + markerOf(text, 2), "counts"},
		"more after":      {text + markerOf(text, 2) + "3\n", "missing"},
		"no newline":      {text + strings.TrimSpace(markerOf(text, 2)), "missing"},
		"short sum":       {text + api.EndMarker + "2 sha256=abcd\n", "missing"},
		"negative":        {text + strings.Replace(markerOf(text, 2), "=2", "=-2", 1), "missing"},
		"inside a line":   {"id\n1\n2" + markerOf("id\n1\n2", 1), "missing"},
		"inside of quote": {"id\n\"1\n" + markerOf("id\n\"1\n", 0), "missing"},
		"long line":       {strings.Repeat("x", chunkSize) + markerOf(strings.Repeat("x", chunkSize), 0), "missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t, streaming("text/csv", test.sent), noRetries)
			_, err := stream(f, io.Discard)
			requireIncomplete(t, err, test.says)
		})
	}
}

func TestStreamRetriesUntilSomethingWasWritten(t *testing.T) {
	t.Parallel()
	whole := threeLines + markerOf(threeLines, 2)
	f := setup(t, func(n int, w http.ResponseWriter, r *http.Request) {
		switch n {
		case 0:
			drop()
		case 1:
			answerProblem(w, 500, "internal")
		case 2:
			ending("abort", "id")(n, w, r) // less than a line: kept back
		default:
			streaming("text/csv", whole)(n, w, r)
		}
	})
	w := &bytes.Buffer{}
	got, err := stream(f, w)
	require.NoError(t, err)
	require.Equal(t, threeLines, w.String())
	require.Equal(t, int64(2), got.Rows)
	require.Len(t, f.waits, 3)

	f = setup(t, ending("abort", threeLines))
	_, err = stream(f, io.Discard)
	require.Equal(t, int64(1), requireIncomplete(t, err, "after 1 rows: the connection was closed").Rows)
	require.Empty(t, f.waits)
}

const threeLines = "id\n1\n2\n"

func TestStreamProblems(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status           int
		kind, body, code string
	}{
		"problem":      {403, api.ProblemType, `{"code":"forbidden"}`, "forbidden"},
		"HTML":         {200, "text/html", "<html>", "unexpected_response"},
		"JSON":         {200, "application/json", "{}", "unexpected_response"},
		"HTML and 502": {404, "text/html", "<html>", "unexpected_response"},
		"other status": {206, "text/csv", "id\n", "unexpected_response"},
	} {
		f := setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) { answer(w, test.status, test.kind, test.body) })
		w := &bytes.Buffer{}
		_, err := stream(f, w)
		requireProblem(t, err, test.status, test.code)
		require.Empty(t, w.String(), name)
		require.Len(t, f.requests(), 1)
	}
	f := setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		answer(w, 200, "text/csv", "?")
	})
	_, err := stream(f, io.Discard)
	requireProblem(t, err, 200, "unexpected_response")
	require.ErrorContains(t, err, "compression it was not asked for (br)")
}
