package client

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// debugLine is one attempt in the making, told of on a few lines at its end.
type debugLine struct {
	c     *Client
	q     *request
	began time.Time
	times *timings // nil where nobody is told
}

func (c *Client) startLine(q *request) debugLine {
	q.attempts++
	line := debugLine{c: c, q: q, began: c.now()}
	if c.debug != nil {
		line.times = &timings{now: c.now, began: line.began}
	}
	return line
}

// answered tells of an answer that was taken in.
func (l debugLine) answered(resp *http.Response, body []byte) {
	if l.c.debug == nil {
		return
	}
	shown := ""
	if len(body) > 0 {
		shown = maskBody(body, mediaType(resp.Header))
	}
	l.write(outcomeOf(resp), shown)
}

// opened tells of an answer whose body is not in memory.
func (l debugLine) opened(resp *http.Response) {
	if l.c.debug != nil {
		l.write(outcomeOf(resp), "a stream of "+printable(mediaType(resp.Header)))
	}
}

func outcomeOf(resp *http.Response) string {
	outcome := strconv.Itoa(resp.StatusCode)
	if id := resp.Header.Get(headerRequestID); id != "" {
		outcome += " " + printable(id)
	}
	return outcome
}

func (l debugLine) failed(err error) { l.write(retryReason(err), "") }

func (l debugLine) write(outcome, answer string) {
	c := l.c
	if c.debug == nil {
		return
	}
	took := c.now().Sub(l.began).Round(time.Millisecond)
	var text bytes.Buffer
	fmt.Fprintf(&text, "%s %s%s %s in %s", l.q.method, c.host.base, mask(l.q.target), outcome, took)
	if l.q.attempts > 1 {
		fmt.Fprintf(&text, ", attempt %d", l.q.attempts)
	}
	text.WriteByte('\n')
	if parts := l.times.parts(); len(parts) > 0 {
		fmt.Fprintf(&text, "  %s\n", strings.Join(parts, ", "))
	}
	if l.q.body != nil {
		fmt.Fprintf(&text, "  > %s\n", maskBody(l.q.body, l.q.mediaType()))
	}
	if answer != "" {
		fmt.Fprintf(&text, "  < %s\n", answer)
	}
	c.debugLock.Lock()
	defer c.debugLock.Unlock()
	_, _ = c.debug.Write(text.Bytes()) // a lost debug line fails no request
}
