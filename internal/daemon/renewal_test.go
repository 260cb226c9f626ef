package daemon_test

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/clitest"
	"github.com/resell-cli/resell/internal/daemon"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
	"github.com/resell-cli/resell/internal/pgtest"
	"github.com/resell-cli/resell/internal/service"
)

// told is where a log goes: a line at a time.
type told chan string

func (l told) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("msg=renewals")) {
		l <- string(line)
	}
	return len(line), nil
}

// Renewals run by themselves, as soon as reselld is up: of several processes on one
// database, one makes them.
func TestRenewalsRun(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		processes int
		database  func(t *testing.T) string
	}{
		"sqlite":   {1, func(t *testing.T) string { t.Helper(); return filepath.Join(t.TempDir(), "test.db") }},
		"postgres": {3, func(t *testing.T) string { t.Helper(); return pgtest.Start(t) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, database, log := t.Context(), test.database(t), make(told, 100)
			clock := clitest.NewClock(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC))
			var instances []*daemon.Instance
			for range test.processes {
				instances = append(instances, open(t, database, clock, log))
			}
			svc := instances[0].Service
			caller, license := renewing(t, svc)
			clock.Advance(29 * 24 * time.Hour) // to its last day
			for _, i := range instances {
				serve(t, i)
			}
			require.Contains(t, <-log, "renewed=1 failed=0")

			orders, err := svc.Orders(ctx, caller, service.OrderQuery{}, service.Page{Limit: 10})
			require.NoError(t, err)
			require.Len(t, orders.Rows, 2)
			require.Equal(t, licensing.OrderRenewal, orders.Rows[0].Kind)
			after, err := svc.License(ctx, caller, license.ID)
			require.NoError(t, err)
			require.True(t, after.EndsOn.After(license.EndsOn))
			require.Empty(t, log)
		})
	}
}

func open(t *testing.T, database string, clock *clitest.Clock, log told) *daemon.Instance {
	t.Helper()
	sender, err := mail.NewFolder(filepath.Join(t.TempDir(), "mail"))
	require.NoError(t, err)
	instance, err := daemon.Open(t.Context(), daemon.Config{
		DB: database, Sender: sender, Logger: slog.New(slog.NewTextHandler(log, nil)), Now: clock.Now,
		RenewEvery: 20 * time.Millisecond, PollInterval: 5 * time.Millisecond,
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, instance.Close()) })
	return instance
}

// renewing buys a license that is active and renews.
func renewing(t *testing.T, svc *service.Service) (service.Caller, licensing.License) {
	t.Helper()
	ctx := t.Context()
	catalog, err := daemon.DemoCatalog()
	require.NoError(t, err)
	require.NoError(t, svc.ApplyCatalog(ctx, catalog))
	hash := api.HashToken("test")
	require.NoError(t, svc.IssueToken(ctx, daemon.DemoLogin, "test", hash, []string{"license:write"}, licensing.Time{}))
	caller, err := svc.Authenticate(ctx, hash)
	require.NoError(t, err)
	company, err := svc.CreateCompany(ctx, caller, service.CompanyChange{Name: new("School")})
	require.NoError(t, err)
	bought, err := svc.Buy(ctx, caller, service.Purchase{Company: company.ID, Product: "office-suite", Term: "monthly:1", Quantity: 1})
	require.NoError(t, err)
	license := bought.Licenses[0]
	_, err = svc.ActivateDevice(ctx, caller, service.DeviceActivation{License: license.ID, Serial: "SN-1"})
	require.NoError(t, err)
	license, err = svc.SetAutoRenew(ctx, caller, license.ID, true)
	require.NoError(t, err)
	return caller, license
}

func serve(t *testing.T, i *daemon.Instance) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- i.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
	})
}
