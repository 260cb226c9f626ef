package client

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

func TestUnreachable(t *testing.T) {
	t.Parallel()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)

	trusting := func(config *tls.Config) *http.Transport {
		transport := newTransport(defaultPatience)
		transport.Proxy = nil
		transport.TLSClientConfig = config
		return transport
	}
	roots := secure.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	failingDial := func(err error) *http.Transport {
		transport := trusting(nil)
		transport.DialContext = func(context.Context, string, string) (net.Conn, error) { return nil, err }
		return transport
	}
	for name, test := range map[string]struct {
		host      string
		transport http.RoundTripper
		says      string
		retried   bool
	}{
		"refused":      {"http://127.0.0.1:1", nil, "connection refused", true},
		"untrusted":    {secure.URL, nil, "signed by an unknown authority", false},
		"other name":   {secure.URL, trusting(&tls.Config{RootCAs: roots, ServerName: "other.test"}), "for another name", false},
		"plain server": {"https" + plain.URL[4:], nil, "plain http, not https", false},
		"no such name": {"https://x.test", failingDial(&net.DNSError{Err: "no such host", Name: "x.test", IsNotFound: true}), "there is no host of this name", false},
		"dns slow":     {"https://x.test", failingDial(&net.DNSError{Err: "i/o timeout", IsTimeout: true}), "name server does not answer", true},
		"dns broken":   {"https://x.test", failingDial(&net.DNSError{Err: "server\nmisbehaving"}), "cannot be looked up: server misbehaving", true},
		"proxy":        {"https://x.test", failingDial(&net.OpError{Op: "proxyconnect", Addr: &net.TCPAddr{Port: 3128}, Err: errors.New("no")}), "the proxy at :3128: no", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &fixture{t: t, url: test.host}
			f.connect(func(o *Options) { o.Transport = test.transport })
			_, err := view(f)
			requireUnreachable(t, err, "cannot reach "+test.host+": ")
			require.ErrorContains(t, err, test.says)
			require.NotContains(t, err.Error(), f.token)
			require.Equal(t, test.retried, len(f.waits) > 0)
		})
	}
}

func TestCallOverTLS(t *testing.T) {
	t.Parallel()
	f := &fixture{t: t}
	server := httptest.NewUnstartedServer(f.record(session))
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	f.url = server.URL
	f.connect(func(o *Options) { o.Transport = server.Client().Transport })
	_, err := Call(t.Context(), f.Client, api.SessionView, api.SessionViewInput{})
	require.NoError(t, err)
	require.Len(t, f.requests(), 1)
}
