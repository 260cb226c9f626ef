// Package clitest runs the real CLI against the real server in one process, for
// tests: of what commands print, of what the API answers, and of who may see what.
package clitest

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/daemon"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
	"github.com/resell-cli/resell/internal/service"
)

// Rival is the login of a second reseller, beside that of the demo catalogue. Its
// contract is K-RIVAL.
const Rival = "rival"

// Server is a reselld in this process, behind a [Gate], with the demo catalogue and
// one reseller more.
type Server struct {
	URL   string // of the gate
	Clock *Clock
	Gate  *Gate
	Mails *Postbox
	DB    *sql.DB // on the same database, beside reselld's own

	instance *daemon.Instance
	log      *logBuffer
	close    func()
}

// Options say what a server is made of.
type Options struct {
	DB      string // a postgres:// URL, or "" for a file of SQLite
	MailDir string // where mails are written
}

// Start starts a server. Its clock stands at noon of 2026-11-21, UTC. Close it before
// its folders go away.
func Start(tb testing.TB, o Options) *Server {
	tb.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(tb.Context()))
	s := &Server{Clock: NewClock(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)), log: &logBuffer{}}
	if o.DB == "" {
		o.DB = filepath.Join(tb.TempDir(), "resell.db")
	}
	sender, err := mail.NewFolder(o.MailDir)
	require.NoError(tb, err)
	behind, front := listen(tb), listen(tb)
	s.URL = "http://" + front.Addr().String()
	payments, err := daemon.DevPayments(s.URL)
	require.NoError(tb, err)
	s.Mails = NewPostbox(sender)
	s.instance, err = daemon.Open(ctx, daemon.Config{
		DB: o.DB, Sender: s.Mails, Logger: slog.New(slog.NewTextHandler(s.log, nil)), Now: s.Clock.Now,
		Advance: s.Clock.Advance, RenewEvery: -1, // renewals are made when the clock is advanced
		PublicURL: s.URL, Payments: payments, TokenPrefix: api.TestPrefix, PollInterval: 20 * time.Millisecond,
	})
	require.NoError(tb, err)
	require.NoError(tb, s.instance.Service.ApplyCatalog(ctx, catalog(tb)))
	s.DB, err = openBeside(o.DB)
	require.NoError(tb, err)

	s.Gate = newGate(tb, behind.Addr().String())
	served := make(chan error, 1)
	go func() { served <- s.instance.Serve(ctx, behind) }()
	web := &http.Server{Handler: s.Gate, ReadHeaderTimeout: time.Minute, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)}
	go func() { _ = web.Serve(front) }() // ends with Close
	s.close = sync.OnceFunc(func() {
		_ = web.Close()
		cancel()
		if err := errors.Join(<-served, s.DB.Close(), s.instance.Close()); err != nil {
			tb.Errorf("stop reselld: %v", err)
		}
	})
	tb.Cleanup(s.close)
	s.await(tb, behind.Addr().String())
	return s
}

// await waits until reselld answers: its listener holds what comes before.
func (s *Server) await(tb testing.TB, address string) {
	tb.Helper()
	r, err := http.NewRequestWithContext(tb.Context(), http.MethodGet, "http://"+address+"/readyz", http.NoBody)
	require.NoError(tb, err)
	answer, err := http.DefaultClient.Do(r)
	require.NoError(tb, err)
	require.NoError(tb, answer.Body.Close())
	require.Equal(tb, http.StatusOK, answer.StatusCode)
}

// Close stops the server. Closing it twice does no harm.
func (s *Server) Close() { s.close() }

// Log is what reselld has logged so far.
func (s *Server) Log() string { return s.log.String() }

// Token makes a token of a reseller with the given scopes, every scope of a reseller
// where there are none. The zero time is no expiry.
func (s *Server) Token(tb testing.TB, login string, expires time.Time, scopes ...string) string {
	tb.Helper()
	if len(scopes) == 0 {
		for _, scope := range api.ResellerScopes() {
			scopes = append(scopes, string(scope))
		}
	}
	token, err := api.NewToken(rand.Reader, api.TestPrefix)
	require.NoError(tb, err)
	var until licensing.Time
	if !expires.IsZero() {
		until = licensing.At(expires)
	}
	require.NoError(tb, s.instance.Service.IssueToken(tb.Context(), login, "test", api.HashToken(token), scopes, until))
	return token
}

func catalog(tb testing.TB) service.Catalog {
	tb.Helper()
	all, err := daemon.DemoCatalog()
	require.NoError(tb, err)
	rival := all.Resellers[0]
	rival.Login, rival.Name, rival.Email = Rival, "Rival Reseller", "sales@rival.example"
	contract := rival.Contracts[0]
	contract.Number = "K-RIVAL"
	rival.Contracts = []service.CatalogContract{contract}
	all.Resellers = append(all.Resellers, rival)
	return all
}

// openBeside opens reselld's database once more, with the drivers it brings along.
func openBeside(dsn string) (*sql.DB, error) {
	if strings.HasPrefix(dsn, "postgres") {
		return sql.Open("pgx", dsn)
	}
	return sql.Open("sqlite", "file:"+(&url.URL{Path: dsn}).EscapedPath()+"?_pragma=busy_timeout(10000)")
}

func listen(tb testing.TB) net.Listener {
	tb.Helper()
	listener, err := (&net.ListenConfig{}).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	require.NoError(tb, err)
	return listener
}

type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
