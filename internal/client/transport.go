package client

import (
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// newTransport keeps enough connections for bulk runs: net/http's default of two
// idle ones for each host makes every further worker connect anew. No answer may
// keep its header waiting for longer than patience.
func newTransport(patience time.Duration) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dialer.DialContext,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: patience,
		ExpectContinueTimeout: time.Second,
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConns:          64,
		MaxIdleConnsPerHost:   64,
		ReadBufferSize:        64 << 10,
		ForceAttemptHTTP2:     true,
		HTTP2: &http.HTTP2Config{
			MaxReceiveBufferPerStream: 4 << 20,
			SendPingTimeout:           15 * time.Second,
			PingTimeout:               15 * time.Second,
		},
	}
}

// maxRedirects is plenty for an API that has no reason to redirect.
const maxRedirects = 5

// checkRedirect follows a redirect of a read within the host. Any other is handed
// back as the answer: the token goes to no other host, and a write that became a
// GET on its way would look carried out.
func checkRedirect(next *http.Request, before []*http.Request) error {
	first := before[0]
	reads := first.Method == http.MethodGet || first.Method == http.MethodHead
	if reads && next.URL.Scheme == first.URL.Scheme && next.URL.Host == first.URL.Host && len(before) <= maxRedirects {
		return nil
	}
	return http.ErrUseLastResponse
}
