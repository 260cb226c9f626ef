package daemon_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/daemon"
)

func TestServeRefusesPublicURL(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{"licensing.example.com", "ftp://licensing.example.com", "https://", "https://a.example/?x=1", "https://a.example/#x", ":"} {
		var stderr bytes.Buffer
		code := daemon.Main(t.Context(), daemon.Process{
			Args: []string{"serve", "--db", "unused.db", "--public-url", wrong}, Stdout: &stderr, Stderr: &stderr,
			Getenv: func(string) string { return "" },
		})
		require.Equal(t, 1, code, wrong)
		require.Contains(t, stderr.String(), "--public-url is not a URL such as https://licensing.example.com", wrong)
	}
}
