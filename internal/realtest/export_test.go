//go:build unix

package realtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// exportRows is more than all buffers between reselld and a file hold.
const exportRows = 300_000

// passed is how far the exports that are broken off come: into the file.
const passed = 2 << 20

// TestExport breaks off exports of many keys in every way there is: no half-written
// file stays.
//
//nolint:tparallel // the last part ends the server of the others
func TestExport(t *testing.T) {
	t.Parallel()
	db := sqlite(t)
	token := bootstrap(t, db)
	s := serve(t, db)
	direct := customer(t, s.url, token)
	direct.must(t, "license", "add", "--product", "seat", "--term", "yearly:1", "--quantity", strconv.Itoa(exportRows), "--yes")
	license := direct.must(t, "license", "list", "-o", "name")
	direct.must(t, "key", "generate", "--license", license, "--count", strconv.Itoa(exportRows), "--name", "Room {n:6}")

	t.Run("group", func(t *testing.T) {
		t.Run("whole", func(t *testing.T) { t.Parallel(); exportWhole(t, customer(t, s.url, token)) })
		t.Run("interrupted", func(t *testing.T) { t.Parallel(); exportInterrupted(t, s, token, syscall.SIGINT) })
		t.Run("terminated", func(t *testing.T) { t.Parallel(); exportInterrupted(t, s, token, syscall.SIGTERM) })
		t.Run("full disk", func(t *testing.T) { t.Parallel(); exportToFullDisk(t, customer(t, s.url, token)) })
		t.Run("full device", func(t *testing.T) { t.Parallel(); exportToFullDevice(t, customer(t, s.url, token)) })
		t.Run("closed pipe", func(t *testing.T) { t.Parallel(); exportToClosedPipe(t, customer(t, s.url, token)) })
		t.Run("cut off", func(t *testing.T) { t.Parallel(); exportCutOff(t, s, token) })
	})
	t.Run("server killed", func(t *testing.T) { exportServerKilled(t, s, token) })
}

func exportWhole(t *testing.T, u user) {
	t.Helper()
	r := u.resell(t, "export", "csv", "keys", "--file", "keys.csv")
	require.Zero(t, r.code, r.stderr)
	require.Empty(t, r.stdout)
	text := readFile(t, u.home, "keys.csv")
	sum := sha256.Sum256([]byte(text))
	require.Equal(t, fmt.Sprintf("keys.csv: %d rows, %d bytes, sha256 %s\n", exportRows, len(text), hex.EncodeToString(sum[:])), r.stderr)
	require.Equal(t, exportRows+1, strings.Count(text, "\n"))
	require.Equal(t, []string{"keys.csv"}, names(t, u.home))
	require.Equal(t, text, u.resell(t, "export", "csv", "keys").stdout)
}

// exporting starts an export to keys.csv, and returns when a part of it is in a file.
func exporting(t *testing.T, s *server, token string) (user, *proxy, *process) {
	t.Helper()
	p := newProxy(t, s.url)
	u := customer(t, p.url, token)
	writeFile(t, filepath.Join(u.home, "keys.csv"), "the old one")
	p.holdAfter(passed)
	export := u.start(t, nil, program("resell"), "export", "csv", "keys", "--file", "keys.csv")
	p.awaitHeld(t)
	require.Eventually(t, func() bool {
		parts, err := filepath.Glob(filepath.Join(u.home, ".keys.csv.*.part"))
		return err == nil && len(parts) == 1 && size(parts[0]) > passed/2
	}, patience, time.Millisecond, "the export goes to a file of another name")
	return u, p, export
}

func requireOld(t *testing.T, u user) {
	t.Helper()
	require.Equal(t, []string{"keys.csv"}, names(t, u.home))
	require.Equal(t, "the old one", readFile(t, u.home, "keys.csv"))
}

func exportInterrupted(t *testing.T, s *server, token string, by syscall.Signal) {
	t.Helper()
	u, _, export := exporting(t, s, token)
	export.signal(t, by)
	r := export.wait(t)
	require.Equal(t, 130, r.code, r.stderr)
	require.Equal(t, "resell: interrupted\n", r.stderr)
	requireOld(t, u)
}

func exportServerKilled(t *testing.T, s *server, token string) {
	t.Helper()
	u, p, export := exporting(t, s, token)
	s.kill()
	p.release()
	requireIncomplete(t, export.wait(t))
	requireOld(t, u)
}

func exportCutOff(t *testing.T, s *server, token string) {
	t.Helper()
	u, p, export := exporting(t, s, token)
	p.cut()
	requireIncomplete(t, export.wait(t))
	requireOld(t, u)
}

func requireIncomplete(t *testing.T, r result) {
	t.Helper()
	require.Equal(t, 8, r.code, r.stderr)
	require.Contains(t, r.stderr, "the export is incomplete, it ended after")
	require.Contains(t, r.stderr, "nothing was kept")
	require.Empty(t, r.stdout)
}

func exportToFullDisk(t *testing.T, u user) {
	t.Helper()
	disk := smallDisk(t)
	old := writeFile(t, filepath.Join(disk, "keys.csv"), "the old one")
	r := u.resell(t, "export", "csv", "keys", "--file", old)
	require.Equal(t, 8, r.code, r.stderr)
	require.Contains(t, r.stderr, "no space left on device")
	require.Contains(t, r.stderr, "nothing was kept; make room and run it again")
	require.Equal(t, []string{"keys.csv"}, names(t, disk))
	require.Equal(t, "the old one", readFile(t, old))
}

func exportToFullDevice(t *testing.T, u user) {
	t.Helper()
	if !exists("/dev/full") {
		t.Skip("this system has no /dev/full")
	}
	for _, line := range []string{"resell export csv keys --file /dev/full", "resell export csv keys > /dev/full"} {
		r := u.shell(t, line)
		require.Equal(t, 8, r.code, r.stderr)
		require.Contains(t, r.stderr, "no space left on device")
	}
	require.True(t, exists("/dev/full"))
}

func exportToClosedPipe(t *testing.T, u user) {
	t.Helper()
	for _, command := range []string{"export csv keys", "export ndjson keys", "key list --limit 4000", "key list --limit 4000 -o ndjson"} {
		r := u.shell(t, "{ resell "+command+"; echo $? >&3; } 3>code | head -n 1")
		require.Zero(t, r.code, command)
		require.Empty(t, r.stderr, command)
		require.Equal(t, 1, strings.Count(r.stdout, "\n"), command)
		require.Equal(t, "141\n", readFile(t, u.home, "code"), command)
	}
}
