package pgtest_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/pgtest"
)

func TestStart(t *testing.T) {
	t.Parallel()

	for _, name := range []string{"first", "second"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			conn, err := pgx.Connect(t.Context(), pgtest.Start(t))
			require.NoError(t, err)
			// Left open: the database is dropped all the same.
			_, err = conn.Exec(t.Context(), "CREATE TABLE only_mine (id int)")
			require.NoError(t, err)
		})
	}
}

func TestStartSpeaksUnicode(t *testing.T) {
	t.Parallel()

	conn, err := pgx.Connect(t.Context(), pgtest.Start(t))
	require.NoError(t, err)
	defer func() { _ = conn.Close(context.Background()) }()

	var encoding, text string
	require.NoError(t, conn.QueryRow(t.Context(), "SHOW server_encoding").Scan(&encoding))
	require.Equal(t, "UTF8", encoding)
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT '許可 ' || $1::text", "лицензия").Scan(&text))
	require.Equal(t, "許可 лицензия", text)
}

func TestDurable(t *testing.T) {
	t.Parallel()
	if os.Getenv("RESELL_TEST_POSTGRES") != "" {
		t.Skip("RESELL_TEST_POSTGRES is used as it is")
	}

	for setting, options := range map[string][]pgtest.Option{
		"off": nil,
		"on":  {pgtest.Durable()},
	} {
		conn, err := pgx.Connect(t.Context(), pgtest.Start(t, options...))
		require.NoError(t, err)
		var fsync string
		require.NoError(t, conn.QueryRow(t.Context(), "SHOW fsync").Scan(&fsync))
		require.Equal(t, setting, fsync)
		require.NoError(t, conn.Close(t.Context()))
	}
}

// TestNothingStaysBehind starts a cluster in another process, kills that, and
// waits for the cluster to go.
func TestNothingStaysBehind(t *testing.T) {
	t.Parallel()
	if os.Getenv("RESELL_TEST_POSTGRES") != "" {
		t.Skip("RESELL_TEST_POSTGRES is used as it is")
	}
	pgtest.Start(t) // skips where there is no PostgreSQL

	child := exec.Command(os.Args[0], "-test.run=^TestChild$")
	child.Env = append(os.Environ(), "PGTEST_CHILD=1")
	hold, err := child.StdinPipe()
	require.NoError(t, err)
	defer func() { _ = hold.Close() }()
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())

	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, line)
	dir := strings.TrimSpace(line)
	require.DirExists(t, filepath.Join(dir, "data"))

	require.NoError(t, child.Process.Kill())
	_ = child.Wait()
	require.Eventually(t, func() bool {
		_, err := os.Stat(dir)
		return os.IsNotExist(err)
	}, time.Minute, 10*time.Millisecond)
}

// TestChild is the other process of TestNothingStaysBehind.
func TestChild(t *testing.T) {
	t.Parallel()
	if os.Getenv("PGTEST_CHILD") == "" {
		t.Skip("runs inside TestNothingStaysBehind")
	}

	config, err := pgx.ParseConfig(pgtest.Start(t))
	require.NoError(t, err)
	_, err = os.Stdout.WriteString(config.Host + "\n")
	require.NoError(t, err)
	_, err = os.Stdin.Read(make([]byte, 1))
	require.NoError(t, err)
}
