package client

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
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

// repeat makes attempts until one succeeds, fails for good, or the time for retries
// is used up; then the last error is returned. An attempt returns the headers of
// its answer, if it had one.
func (c *Client) repeat(ctx context.Context, may rule, attempt func() (http.Header, error)) error {
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
		c.onRetry(retryReason(err), wait)
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
