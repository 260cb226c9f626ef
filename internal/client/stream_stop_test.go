package client

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

func TestStreamWriteError(t *testing.T) {
	t.Parallel()
	full := errors.New("no space left on device")
	done := make(chan struct{})
	f := setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		defer close(done)
		w.Header().Set("Content-Type", "text/csv")
		for { // until the client hangs up
			if _, err := io.WriteString(w, strings.Repeat("some,thing\n", 1000)); err != nil {
				return
			}
		}
	})
	for _, w := range []writerFunc{
		func([]byte) (int, error) { return 0, full },
		func([]byte) (int, error) { return 1, nil },
	} {
		_, err := stream(f, w)
		var failed *WriteError
		require.ErrorAs(t, err, &failed)
		if !errors.Is(err, full) {
			require.ErrorIs(t, err, io.ErrShortWrite)
			continue
		}
		<-done
		done = make(chan struct{})
	}
	require.Empty(t, f.waits)
}

func TestStreamIdle(t *testing.T) {
	t.Parallel()
	for name, sent := range map[string]string{"before a line": "", "after lines": threeLines} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := setup(t, func(_ int, w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/csv")
				_, _ = io.WriteString(w, sent)
				w.(http.Flusher).Flush()
				<-r.Context().Done()
			}, noRetries, func(o *Options) { o.StreamIdle = time.Second })
			_, err := stream(f, io.Discard)
			requireIncomplete(t, err, "no answer within 1s")
			require.NotErrorIs(t, err, context.DeadlineExceeded)
		})
	}
	f := setup(t, func(_ int, _ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		noRetries, func(o *Options) { o.StreamIdle = 50 * time.Millisecond })
	_, err := stream(f, io.Discard)
	requireUnreachable(t, err, "no answer within 50ms")
}

func TestStreamEndOfContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	f := setup(t, func(_ int, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/csv")
		_, _ = io.WriteString(w, threeLines)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	w := writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	_, err := Stream(ctx, f.Client, api.ExportKeys, api.ExportKeysInput{}, w, StreamOptions{})
	requireIncomplete(t, err, "incomplete")
	require.ErrorIs(t, err, context.Canceled)

	_, err = Stream(ctx, f.Client, api.ExportKeys, api.ExportKeysInput{}, w, StreamOptions{})
	require.Equal(t, context.Canceled, err)
}

func TestStreamNeedsAnEndMarker(t *testing.T) {
	t.Parallel()
	f := setup(t, session)
	_, err := Stream(t.Context(), f.Client, api.Op[struct{}, api.Stream]{ID: "x"}, struct{}{}, io.Discard, StreamOptions{})
	var argument *ArgumentError
	require.ErrorAs(t, err, &argument)
	require.Empty(t, f.requests())
}

// What a stream allocates does not grow with it. The server is one of bare
// sockets, so that little but the client is counted.
func TestStreamMemory(t *testing.T) { //nolint:paralleltest // it counts what the process allocates
	part := []byte(strings.Repeat("some,thing \"x\"\n", 1<<14))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		_, _ = conn.Read(make([]byte, 4096))
		_, _ = io.WriteString(conn, "HTTP/1.0 200 OK\r\nContent-Type: text/csv\r\n\r\n")
		for range 1 << 9 { // 120 MiB
			_, _ = conn.Write(part)
		}
		_ = conn.Close()
	}()
	f := &fixture{t: t, url: "http://" + listener.Addr().String()}
	f.connect(noRetries)

	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = stream(f, io.Discard)
	runtime.ReadMemStats(&after)
	requireIncomplete(t, err, "end marker is missing")
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(8<<20))
}
