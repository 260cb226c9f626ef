package daemon_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/daemon"
	"github.com/resell-cli/resell/internal/mail"
)

func TestConnectionsOverTheLimitWait(t *testing.T) {
	t.Parallel()
	sender, err := mail.NewFolder(filepath.Join(t.TempDir(), "mail"))
	require.NoError(t, err)
	instance, err := daemon.Open(t.Context(), daemon.Config{
		DB: filepath.Join(t.TempDir(), "test.db"), Sender: sender, Logger: slog.New(slog.DiscardHandler), Now: time.Now, Connections: 1,
	})
	require.NoError(t, err)
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- instance.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, instance.Close())
	})

	first, second := dial(t, listener), dial(t, listener)
	require.NoError(t, answered(first))
	require.NoError(t, second.SetReadDeadline(time.Now().Add(100*time.Millisecond)))
	require.ErrorIs(t, answered(second), os.ErrDeadlineExceeded, "it waits while the first is open")
	require.NoError(t, first.Close())
	require.NoError(t, second.SetReadDeadline(time.Time{}))
	require.NoError(t, answered(second))
	require.NoError(t, second.Close())
}

func dial(t *testing.T, listener net.Listener) net.Conn {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", listener.Addr().String())
	require.NoError(t, err)
	return conn
}

// answered asks for the health of the server and waits for an answer.
func answered(conn net.Conn) error {
	if _, err := fmt.Fprint(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		return err
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err
	}
	return response.Body.Close()
}
