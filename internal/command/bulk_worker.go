package command

import (
	"context"
	"slices"
	"sync"
	"time"
)

// workers lets as much be done at once as the server bears: it begins with few, adds one
// after successes, and halves where the server asks for time.
type workers struct {
	mu      sync.Mutex
	changed *sync.Cond
	most    int
	limit   int
	running int
	good    int // successes since the limit was changed
	held    int // waits that the server has asked for, and that are not over
	reasons []string
}

func newWorkers(most int) *workers {
	const few = 3
	w := &workers{most: most, limit: min(few, most)}
	w.changed = sync.NewCond(&w.mu)
	return w
}

// each does the work for each row, until stop is closed or ctx is done, and returns when
// all that was begun has ended. Work tells whether to go on.
func (w *workers) each(ctx context.Context, rows []int, work func(row int) bool) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	wake := context.AfterFunc(ctx, w.wake)
	defer wake()
	var all sync.WaitGroup
	for _, row := range rows {
		if !w.begin(ctx) {
			break
		}
		all.Go(func() {
			on := work(row)
			if !on {
				stop()
			}
			w.end(on)
		})
	}
	all.Wait()
}

func (w *workers) wake() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.changed.Broadcast()
}

// begin waits for its turn.
func (w *workers) begin(ctx context.Context) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for ctx.Err() == nil && (w.running >= w.limit || w.held > 0) {
		w.changed.Wait()
	}
	if ctx.Err() != nil {
		return false
	}
	w.running++
	return true
}

func (w *workers) end(good bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running--
	if good && w.held == 0 {
		if w.good++; w.good >= w.limit && w.limit < w.most {
			w.limit, w.good = w.limit+1, 0
		}
	}
	w.changed.Broadcast()
}

// slow is told that the server wants time, and why. Nothing more is begun before that
// is over. It tells each reason once.
func (w *workers) slow(reason string, wait time.Duration, tell func(reason string)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Contains(w.reasons, reason) {
		w.reasons = append(w.reasons, reason)
		tell(reason)
	}
	if w.held == 0 { // those that were sent at once are told at once, and count as one
		w.limit, w.good = max(1, w.limit/2), 0
	}
	w.held++
	time.AfterFunc(wait, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.held--
		w.changed.Broadcast()
	})
}
