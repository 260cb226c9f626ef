package service

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// clock is what moves the time of a development server; advance is nil elsewhere.
type clock struct {
	mu      sync.Mutex // one at a time moves it
	advance func(time.Duration)
}

// MoveClock lets the clock be moved ahead by requests; nil is never. It is for
// development servers, and is called before the first request.
func (s *Service) MoveClock(advance func(time.Duration)) { s.clock.advance = advance }

// Clock is what time it is for the server.
type Clock struct {
	Now      licensing.Time
	Today    licensing.Date // the vendor's
	TimeZone string         // the vendor's
	Movable  bool
}

// Clock tells what time it is for the server.
func (s *Service) Clock(c Caller) Clock {
	return Clock{Now: s.Now(), Today: s.today(c), TimeZone: c.Vendor.TimeZone, Movable: s.clock.advance != nil}
}

// Advance says how far to move the clock: by a time such as 30d, 2w or 12h, or to the
// beginning of a date.
type Advance struct {
	By string
	To licensing.Date
}

// MaxAdvance is the furthest that the clock moves at once.
const MaxAdvance = 10 * 366 * day

const day = 24 * time.Hour

// AdvanceClock moves the clock of a development server ahead, day by day: what is due
// on the way is done on its day. It fails with clock_not_movable or invalid_request.
func (s *Service) AdvanceClock(ctx context.Context, c Caller, in Advance) (Clock, Renewals, error) {
	if s.clock.advance == nil {
		return Clock{}, Renewals{}, licensing.Errorf(licensing.CodeClockFixed, "the clock of this server is the real one").
			WithHint("move that of a sandbox or of reselld dev")
	}
	s.clock.mu.Lock()
	defer s.clock.mu.Unlock()
	// Where it is to stand is kept with the key of the request, so that the request
	// sent again does not move it twice.
	to, err := once(ctx, s, c, "clock-advance", in, func(*store.Tx) (time.Time, error) {
		return s.target(c, in)
	})
	if err != nil {
		return Clock{}, Renewals{}, err
	}
	var all Renewals
	for now := s.now(); now.Before(to); now = s.now() {
		s.clock.advance(min(day, to.Sub(now)))
		done, err := s.Renew(ctx)
		all.Renewed += done.Renewed
		all.Failed += done.Failed
		if err == nil {
			err = s.cancelUnpaid(ctx)
		}
		if err != nil {
			return Clock{}, all, err
		}
	}
	return s.Clock(c), all, nil
}

// target is the time to which the clock is to be moved.
func (s *Service) target(c Caller, in Advance) (time.Time, error) {
	now := s.now()
	if (in.By == "") == in.To.IsZero() {
		return now, licensing.Invalid("by", "or to is wanted, and not both")
	}
	to := time.Date(in.To.Year(), in.To.Month(), in.To.Day(), 0, 0, 0, 0, s.zone(c.Vendor.TimeZone))
	field := "to"
	if in.By != "" {
		by, err := parseSpan(in.By)
		if err != nil {
			return now, err
		}
		to, field = now.Add(by), "by"
	}
	switch {
	case !to.After(now):
		return now, licensing.Invalid(field, "is not ahead: a clock goes forward only")
	case to.Sub(now) > MaxAdvance:
		return now, licensing.Invalid(field, "is further than ten years ahead")
	}
	return to, nil
}

// parseSpan reads 30d, 2w or 12h.
func parseSpan(text string) (time.Duration, error) {
	refusal := licensing.Invalid("by", "is not a whole number of hours, days or weeks, such as 12h, 30d or 2w")
	if text == "" {
		return 0, refusal
	}
	unit := map[string]time.Duration{"h": time.Hour, "d": day, "w": 7 * day}[text[len(text)-1:]]
	n, err := strconv.ParseUint(strings.TrimSpace(text[:len(text)-1]), 10, 20)
	if err != nil || unit == 0 {
		return 0, refusal
	}
	return min(time.Duration(n)*unit, MaxAdvance+1), nil
}
