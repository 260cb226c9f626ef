package client

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

func TestNewHost(t *testing.T) {
	t.Parallel()
	for _, good := range []struct{ host, base string }{
		{"https://licenses.example.com", "https://licenses.example.com"},
		{"https://licenses.example.com/", "https://licenses.example.com"},
		{" https://example.com:8443/licensing/ ", "https://example.com:8443/licensing"},
		{"http://127.0.0.1:8080", "http://127.0.0.1:8080"},
		{"http://127.9.9.9", "http://127.9.9.9"},
		{"http://[::1]:8080", "http://[::1]:8080"},
		{"http://LocalHost:8080", "http://LocalHost:8080"},
	} {
		c, err := New(Options{Host: good.host})
		require.NoError(t, err, good.host)
		require.Equal(t, good.base, c.host.base)
	}
	for _, bad := range []struct{ host, says string }{
		{"", "https://"},
		{"licenses.example.com", "must begin with https://"},
		{"http://licenses.example.com", "use https://licenses.example.com"},
		{"http://127.0.0.1.example.com", "plain http"},
		{"http://localhost.example.com", "plain http"},
		{"http://10.0.0.1", "plain http"},
		{"http://0.0.0.0", "plain http"},
		{"ftp://example.com", "must begin"},
		{"https://", "names no host"},
		{"https://:443", "names no host"},
		{"https://me:secret@example.com", "user or password"},
		{"https://example.com?x=secret", "? or #"},
		{"https://example.com#secret", "? or #"},
		{"https://exa mple.com/secret", "is not a URL"},
	} {
		_, err := New(Options{Host: bad.host})
		var config *ConfigError
		require.ErrorAs(t, err, &config, bad.host)
		require.Equal(t, "host", config.Name)
		require.ErrorContains(t, err, bad.says)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestNewToken(t *testing.T) {
	t.Parallel()
	token, err := api.NewToken(bytes.NewReader(make([]byte, 32)), api.LivePrefix)
	require.NoError(t, err)
	for _, bad := range []string{token[:len(token)-1], token + "\n", "secret"} {
		_, err := New(Options{Host: "https://example.com", Token: bad})
		var config *ConfigError
		require.ErrorAs(t, err, &config)
		require.Equal(t, "token", config.Name)
		require.ErrorIs(t, err, api.ErrMangledToken)
		require.NotContains(t, err.Error(), bad)
	}
}

func TestTokenIsOptional(t *testing.T) {
	t.Parallel()
	f := setup(t, session, func(o *Options) { o.Token = "" })
	_, err := view(f)
	require.NoError(t, err)
	require.NotContains(t, f.requests()[0].Header, "Authorization")
}
