// Package pgtest gives tests databases on a real PostgreSQL: on the server that
// RESELL_TEST_POSTGRES names, or else on a temporary cluster made from the
// binaries installed on this machine. It is for tests only.
package pgtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// adminTimeout bounds creating or dropping one database.
const adminTimeout = time.Minute

// Option changes what [Start] gives.
type Option func(*options)

type options struct {
	durable bool
}

// Durable asks for a cluster that writes through to the disk on every commit,
// as a production server does. Without it commits are not synced, which is
// several times faster. RESELL_TEST_POSTGRES is used as it is.
func Durable() Option {
	return func(o *options) { o.durable = true }
}

// Start returns the DSN of a new, empty database, which is dropped when the
// test ends. The temporary cluster is started by the first call, shared by all
// tests of the process, and stopped and deleted when the process ends in any
// way. Without a server and without binaries the test is skipped, or failed
// when CI=true.
func Start(tb testing.TB, opts ...Option) string {
	tb.Helper()

	var o options
	for _, opt := range opts {
		opt(&o)
	}

	server := os.Getenv("RESELL_TEST_POSTGRES")
	if server == "" {
		server = temporary(tb, o.durable)
	}

	name := "resell_test_" + strings.ToLower(rand.Text())
	if err := admin(server, "CREATE DATABASE "+name); err != nil {
		tb.Fatalf("create test database: %v", err)
	}
	tb.Cleanup(func() {
		if err := admin(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Errorf("drop test database: %v", err)
		}
	})
	return withDatabase(server, name)
}

// temporary returns the DSN of the shared cluster, or ends the test.
func temporary(tb testing.TB, durable bool) string {
	tb.Helper()

	dsn, err := shared(durable)
	switch {
	case err == nil:
		return dsn
	case isMissing(err) && os.Getenv("CI") != "true":
		tb.Skipf("PostgreSQL test skipped: %v; install PostgreSQL or set RESELL_TEST_POSTGRES", err)
	default:
		tb.Fatalf("start PostgreSQL: %v", err)
	}
	return ""
}

// admin runs one statement. It has a context of its own: the test's is already
// cancelled when its databases are dropped.
func admin(dsn, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), adminTimeout)
	defer cancel()

	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()

	_, err = conn.Exec(ctx, statement)
	return err
}

// withDatabase returns dsn, a URL or a list of key=value, with another database.
func withDatabase(dsn, name string) string {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return fmt.Sprintf("%s dbname=%s", dsn, name) // the last of two wins
	}

	u.Path = "/" + name
	return u.String()
}
