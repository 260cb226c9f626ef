package command

import "sync"

// progressLines tells of each tenth of a piece of work once.
type progressLines struct {
	f     *Factory
	what  string
	total int64 // not positive where it is not known: then there is nothing to tell

	mu     sync.Mutex
	done   int64
	tenths int64 // that were told of
}

func (l *progressLines) add(more int64) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tell(l.done + more)
}

func (l *progressLines) set(done int64) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tell(done)
}

func (l *progressLines) tell(done int64) {
	l.done = done
	if l.total <= 0 {
		return
	}
	if tenths := min(done, l.total) * 10 / l.total; tenths > l.tenths {
		l.tenths = tenths
		l.f.Note("%d of %d %s (%d %%)", done, l.total, l.what, tenths*10)
	}
}
