package client

import (
	"context"
	"crypto/tls"
	"net/http/httptrace"
	"sync"
	"time"
)

// timings are how long the steps of an attempt took.
type timings struct {
	now   func() time.Time
	began time.Time

	mu     sync.Mutex // connections are dialled side by side
	starts map[string]time.Time
	steps  []string
}

// traced is ctx with the steps of the attempt watched.
func (l debugLine) traced(ctx context.Context) context.Context {
	if l.times == nil {
		return ctx
	}
	t := l.times
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart:          func(httptrace.DNSStartInfo) { t.start("dns") },
		DNSDone:           func(httptrace.DNSDoneInfo) { t.done("dns") },
		ConnectStart:      func(_, _ string) { t.start("connect") },
		ConnectDone:       func(_, _ string, _ error) { t.done("connect") },
		TLSHandshakeStart: func() { t.start("tls") },
		TLSHandshakeDone:  func(tls.ConnectionState, error) { t.done("tls") },
		GotConn: func(info httptrace.GotConnInfo) {
			if info.Reused {
				t.add("connection kept")
			}
		},
		GotFirstResponseByte: func() { t.add("first byte after " + t.since(t.began)) },
	})
}

func (t *timings) start(step string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.starts == nil {
		t.starts = map[string]time.Time{}
	}
	if t.starts[step].IsZero() {
		t.starts[step] = t.now()
	}
}

// done ends a step; of several connections that are tried, the first counts.
func (t *timings) done(step string) {
	t.mu.Lock()
	began := t.starts[step]
	delete(t.starts, step)
	t.mu.Unlock()
	if !began.IsZero() {
		t.add(step + " " + t.since(began))
	}
}

func (t *timings) add(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.steps = append(t.steps, text)
}

func (t *timings) since(at time.Time) string {
	return t.now().Sub(at).Round(100 * time.Microsecond).String()
}

func (t *timings) parts() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.steps
}
