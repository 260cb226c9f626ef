// Package client calls the licensing API: typed calls, pages, and exports that are
// checked to be whole, with retries that can never carry out a write twice.
//
// Everything it knows of an endpoint comes from its [api.Op].
package client

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/go-resty/resty/v2"

	"github.com/resell-cli/resell/internal/api"
)

// Options says which API to call, as whom, and how patiently. Only Host is needed.
type Options struct {
	// Host is where the API is, such as https://licenses.example.com. Plain http
	// is accepted to loopback alone.
	Host string
	// Token is sent with every request. Empty sends none.
	Token string
	// UserAgent names the program; "resell" when empty.
	UserAgent string
	// MaxWait bounds what retries may cost: none begins later than this after the
	// first attempt. 60 s when zero; negative means never to retry.
	MaxWait time.Duration
	// Timeout bounds one attempt of an ordinary call, answer included; 60 s when
	// zero. Streams may last as long as they will.
	Timeout time.Duration
	// StreamIdle is how long a stream may stay silent; 60 s when zero.
	StreamIdle time.Duration
	// Debug gets a few lines for each attempt: what was asked and answered, how long
	// the steps took, and both bodies, without tokens, codes or personal data. Nil is
	// off.
	Debug io.Writer
	// OnRetry is told before each wait for what, why and for how long.
	OnRetry func(Retry)
	// Sleep waits for d or until ctx is done, whose error it then returns. Nil
	// waits for real.
	Sleep func(ctx context.Context, d time.Duration) error
	// Now is the clock; nil is the real one.
	Now func() time.Time
	// Transport carries the requests. Nil is one of the client's own, which takes
	// its proxies from the environment.
	Transport http.RoundTripper
}

// Client calls one API with one token. It is safe for concurrent use.
type Client struct {
	resty *resty.Client
	host  host
	token string
	agent string

	maxWait    time.Duration
	timeout    time.Duration
	streamIdle time.Duration
	onRetry    func(Retry)
	sleep      func(ctx context.Context, d time.Duration) error
	now        func() time.Time

	debugLock sync.Mutex
	debug     io.Writer
}

const defaultPatience = time.Minute

// New returns a client of the API at o.Host; nothing is sent yet. The error is a
// [*ConfigError].
func New(o Options) (*Client, error) {
	h, err := parseHost(o.Host)
	if err != nil {
		return nil, &ConfigError{Name: "host", Err: err}
	}
	if o.Token != "" {
		if err := api.CheckToken(o.Token); err != nil {
			return nil, &ConfigError{Name: "token", Err: err}
		}
	}

	c := &Client{
		host: h, token: o.Token, agent: o.UserAgent, debug: o.Debug,
		maxWait: o.MaxWait, timeout: o.Timeout, streamIdle: o.StreamIdle,
		onRetry: o.OnRetry, sleep: o.Sleep, now: o.Now,
	}
	c.setDefaults()
	if o.Transport == nil {
		o.Transport = newTransport(max(c.timeout, c.streamIdle))
	}
	// Resty neither retries nor logs here: it would repeat any dropped request,
	// unkeyed writes included, and print the bearer token.
	c.resty = resty.NewWithClient(&http.Client{Transport: o.Transport, CheckRedirect: checkRedirect}).
		SetLogger(silence{}).SetRetryCount(0)
	return c, nil
}

// Host is the scheme, name and port of the API.
func (c *Client) Host() string { return c.host.origin }

// Close drops the connections that are kept for further requests.
func (c *Client) Close() { c.resty.GetClient().CloseIdleConnections() }

func (c *Client) setDefaults() {
	if c.agent == "" {
		c.agent = "resell"
	}
	if c.maxWait == 0 {
		c.maxWait = defaultPatience
	}
	if c.timeout <= 0 {
		c.timeout = defaultPatience
	}
	if c.streamIdle <= 0 {
		c.streamIdle = defaultPatience
	}
	if c.onRetry == nil {
		c.onRetry = func(Retry) {}
	}
	if c.sleep == nil {
		c.sleep = sleep
	}
	if c.now == nil {
		c.now = time.Now //nolint:forbidigo // the default of the clock that is passed in
	}
}

// silence is a resty.Logger that says nothing: errors are returned, once.
type silence struct{}

func (silence) Errorf(string, ...any) {}
func (silence) Warnf(string, ...any)  {}
func (silence) Debugf(string, ...any) {}
