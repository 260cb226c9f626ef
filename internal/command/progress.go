package command

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// Progress shows how far a long piece of work is, on standard error of a terminal. It is
// safe for concurrent use.
type Progress struct {
	bar   *progressbar.ProgressBar
	lines *progressLines
}

// Progress begins to show progress of total things; -1 where the number is not known.
// Elsewhere than on a terminal it shows nothing. For a screen reader it is a line for
// every tenth of the work, and nothing is drawn again.
func (f *Factory) Progress(total int64, what string) *Progress {
	switch {
	case !f.StderrTerminal:
		return &Progress{}
	case f.isAccessible():
		return &Progress{lines: &progressLines{f: f, what: what, total: total}}
	}
	return &Progress{bar: progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(f.Stderr), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		progressbar.OptionShowIts(), progressbar.OptionSetPredictTime(total > 0), progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetSpinnerChangeInterval(0))} // it would draw from a goroutine that takes no lock
}

// Set tells how many are done.
func (p *Progress) Set(done int64) {
	p.lines.set(done)
	if p.bar != nil {
		_ = p.bar.Set64(done) // a bar that cannot be drawn is no reason to stop
	}
}

// Add tells that more are done.
func (p *Progress) Add(more int64) {
	p.lines.add(more)
	if p.bar != nil {
		_ = p.bar.Add64(more) // a bar that cannot be drawn is no reason to stop
	}
}

// Done takes the progress away.
func (p *Progress) Done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
