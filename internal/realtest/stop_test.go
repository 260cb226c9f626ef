//go:build unix

package realtest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

// TestStoppedGracefully stops reselld while it has taken requests that it has not
// answered: it answers them, takes no others, and ends well.
func TestStoppedGracefully(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db, "--mail-dir", filepath.Join(t.TempDir(), "mail"))
	c := connect(t, s.url, token)
	workers := newWorkers(t, c, 4)

	// The server has these: it has said that it waits for their bodies.
	body, err := json.Marshal(api.LicenseAddBody{Company: workers[0].company, Product: "seat", Term: "yearly:1", Quantity: 7})
	require.NoError(t, err)
	var open []*openRequest
	for i := range 3 {
		open = append(open, ask(t, s.url, token, fmt.Sprintf("open-%d", i), len(body)))
	}

	work(t, workers, c, 50, func() { s.terminate(t) })
	_, err = net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	require.Error(t, err, "it takes no more connections")
	select {
	case <-s.ended:
		require.FailNow(t, "it ended with requests unanswered", s.log.text())
	default:
	}
	for _, r := range open {
		answer := r.send(t, body)
		require.Equal(t, http.StatusCreated, answer.StatusCode)
		var bought api.Purchase
		require.NoError(t, json.NewDecoder(answer.Body).Decode(&bought))
		require.EqualValues(t, 7, bought.Licenses[0].Quantity)
	}
	require.Zero(t, s.wait(t), s.log.text())

	b := audit(t, db)
	sum := total(workers)
	require.GreaterOrEqual(t, len(b.licenses), len(sum.licenses)+len(open))
	for id := range sum.licenses {
		require.True(t, b.licenses[id])
	}
	require.GreaterOrEqual(t, len(b.invoices), len(sum.invoices))
	require.GreaterOrEqual(t, len(b.keys), len(sum.keys))
	require.Zero(t, size(db+"-wal"), "the database is closed, and all of it is in its file")
}

// openRequest is a request whose body is still to come.
type openRequest struct {
	conn  net.Conn
	reply *bufio.Reader
}

// ask begins to buy a license, and returns when the server waits for the body.
func ask(t *testing.T, url, token, key string, length int) *openRequest {
	t.Helper()
	host := strings.TrimPrefix(url, "http://")
	conn, err := net.Dial("tcp", host)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
	_, err = fmt.Fprintf(conn, "POST /v1/licenses HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", host, token, key, length)
	require.NoError(t, err)
	reply := bufio.NewReader(conn)
	for _, want := range []string{"HTTP/1.1 100 Continue\r\n", "\r\n"} {
		line, err := reply.ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, want, line)
	}
	return &openRequest{conn, reply}
}

func (r *openRequest) send(t *testing.T, body []byte) *http.Response {
	t.Helper()
	_, err := r.conn.Write(body)
	require.NoError(t, err)
	answer, err := http.ReadResponse(r.reply, nil)
	require.NoError(t, err)
	t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

// TestStoppedWhileExporting stops reselld in the middle of an export, which comes
// to its end.
func TestStoppedWhileExporting(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)
	proxy := newProxy(t, s.url)
	u := customer(t, proxy.url, token)
	u.must(t, "key", "generate", "--count", "60000")

	proxy.holdAfter(100_000)
	export := u.start(t, nil, program("resell"), "export", "csv", "keys")
	proxy.awaitHeld(t)
	s.terminate(t)
	select {
	case <-s.ended:
		require.FailNow(t, "it ended in the middle of an export", s.log.text())
	case <-s.log.stopping(t, s.url):
	}
	proxy.release()
	r := export.wait(t)
	require.Zero(t, r.code, r.stderr)
	require.Equal(t, 60_001, strings.Count(r.stdout, "\n"))
	require.Zero(t, s.wait(t), s.log.text())
}

// stopping is closed when a server takes no more connections.
func (l *serverLog) stopping(t *testing.T, url string) <-chan struct{} {
	t.Helper()
	refused := make(chan struct{})
	go func() {
		defer close(refused)
		for end := time.Now().Add(patience); time.Now().Before(end); {
			conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
			if err != nil {
				return
			}
			_, _ = io.WriteString(conn, "GET /healthz HTTP/1.0\r\n\r\n")
			_, _ = io.Copy(io.Discard, conn)
			_ = conn.Close()
		}
	}()
	return refused
}
