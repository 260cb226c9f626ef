package client

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/api"
)

const (
	firstWait = 200 * time.Millisecond
	mostWait  = 10 * time.Second
)

// rule says whether a failure may be tried again.
type rule func(error) bool

func ruleNever(error) bool { return false }

// ruleThrottled is for edits, which carry no idempotency key: what came too often was not
// carried out.
func ruleThrottled(err error) bool {
	problem, ok := errors.AsType[*api.Problem](err)
	return ok && problem.Status == http.StatusTooManyRequests
}

// ruleKeyed is for writes that the server carries out once, however often they
// come. A 500 is left alone: it is the recorded answer to the key.
func ruleKeyed(err error) bool {
	if problem, ok := errors.AsType[*api.Problem](err); ok {
		switch problem.Status {
		case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
			return true
		case http.StatusConflict:
			return problem.Code == "request_in_progress"
		}
		return false
	}
	var unreachable *UnreachableError
	return errors.As(err, &unreachable) && !isPermanent(err)
}

func ruleRead(err error) bool {
	var problem *api.Problem
	if errors.As(err, &problem) && problem.Status == http.StatusInternalServerError {
		return true
	}
	return ruleKeyed(err)
}

func isPermanent(err error) bool {
	var f *fault
	return errors.As(err, &f) && f.permanent
}

// Retry is a wait before a request is sent again.
type Retry struct {
	Request string // method and address, without query and with what is secret masked
	Status  int    // what was answered; 0 where nothing was
	Reason  string // why, in words
	Wait    time.Duration
	Try     int // how often it will have been sent then
}

// String tells what is waited for, and why.
func (r Retry) String() string {
	why := ": " + r.Reason
	if r.Status != 0 {
		why = fmt.Sprintf(" answered %d %s", r.Status, http.StatusText(r.Status))
	}
	return fmt.Sprintf("waiting %s: %s%s (try %d)", r.Wait.Round(10*time.Millisecond), r.Request, why, r.Try)
}

// retry is that of a failure of q.
func (c *Client) retry(q *request, err error, wait time.Duration, try int) Retry {
	path, _, _ := strings.Cut(q.target, "?")
	r := Retry{Request: q.method + " " + c.host.base + mask(path), Reason: retryReason(err), Wait: wait, Try: try}
	if problem, ok := errors.AsType[*api.Problem](err); ok {
		r.Status = problem.Status
	}
	return r
}

// repeat makes attempts at q until one succeeds, fails for good, or the time for retries
// is used up; then the last error is returned. An attempt returns the headers of
// its answer, if it had one.
func (c *Client) repeat(ctx context.Context, q *request, may rule, attempt func() (http.Header, error)) error {
	var spent time.Duration
	for n := 0; ; n++ {
		began := c.now()
		header, err := attempt()
		if err == nil || ctx.Err() != nil || !may(err) {
			return err
		}
		wait := retryAfter(header, c.now())
		if wait <= 0 {
			wait = backoff(n)
		}
		spent += c.now().Sub(began)
		if spent+wait > c.maxWait {
			return err
		}
		c.onRetry(c.retry(q, err, wait, n+2))
		if err := c.sleep(ctx, wait); err != nil {
			return err
		}
		spent += wait
	}
}

// backoff is exponential with full jitter, so that workers that failed together do
// not return together.
func backoff(n int) time.Duration {
	limit := mostWait
	if n < 6 {
		limit = min(firstWait<<n, mostWait)
	}
	return 1 + rand.N(limit) //nolint:gosec // jitter is no secret
}

// retryAfter reads Retry-After, in seconds or as a date; zero when there is none. A
// date counts from the server's clock where that is known.
func retryAfter(header http.Header, now time.Time) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	return at.Sub(now)
}

func retryReason(err error) string {
	if problem, ok := errors.AsType[*api.Problem](err); ok {
		return fmt.Sprintf("the server answered %d %s", problem.Status, http.StatusText(problem.Status))
	}
	if f, ok := errors.AsType[*fault](err); ok {
		return f.reason
	}
	return err.Error()
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
